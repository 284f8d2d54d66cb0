using System.Text.Json.Serialization;

namespace SmartCommunity.Incidents.Cases;

/// <summary>Where a case (案卷) stands: machine B, with the stages of GB/T 30428.1.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentState>))]
public enum IncidentState : byte
{
    /// <summary>B1 已上报 · 信息采集.</summary>
    Reported = 1,

    /// <summary>B2 核实中 · 信息采集.</summary>
    Verifying = 2,

    /// <summary>B3 待立案 · 案卷建立.</summary>
    PendingRegistration = 3,

    /// <summary>B4 已立案·待派遣 · 案卷建立 → 任务派遣.</summary>
    Registered = 4,

    /// <summary>B5 已派遣·待接单 · 任务派遣.</summary>
    Dispatched = 5,

    /// <summary>B6 处置中 · 任务处理.</summary>
    InProgress = 6,

    /// <summary>B7 已反馈·待核查 · 处理反馈.</summary>
    Handled = 7,

    /// <summary>B8 核查中 · 核查结案.</summary>
    Checking = 8,

    /// <summary>B9 已结案 · 核查结案.</summary>
    Closed = 9,

    /// <summary>B10 已评价归档 · 综合评价.</summary>
    Evaluated = 10,

    /// <summary>X1 不予受理.</summary>
    Rejected = 11,

    /// <summary>X2 作废.</summary>
    Void = 12,

    /// <summary>X3 并案.</summary>
    Merged = 13,

    /// <summary>H 挂账.</summary>
    Suspended = 14,
}
