using System.Text.Json.Serialization;

namespace SmartCommunity.Incidents.Cases;

/// <summary>Where one person's task (派单) stands: machine C.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskState>))]
public enum TaskState : byte
{
    /// <summary>待接.</summary>
    Offered = 0,

    /// <summary>已接.</summary>
    Accepted = 1,

    /// <summary>途中.</summary>
    EnRoute = 2,

    /// <summary>到场.</summary>
    OnScene = 3,

    /// <summary>完成.</summary>
    Done = 4,

    /// <summary>拒单.</summary>
    Declined = 5,

    /// <summary>超时.</summary>
    Expired = 6,

    /// <summary>撤回.</summary>
    Recalled = 7,
}
