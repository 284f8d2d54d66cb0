using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Rules.Texts;

/// <summary>What policies and their parameters are called, and what they do.</summary>
internal static class CatalogueTexts
{
    public static readonly LocalizedText Kinds = new("只处理这些事件类型，逗号分隔。", "Takes only these kinds of events; commas between.");
    public static readonly LocalizedText Hold = new("恢复状态保持多久才算已恢复。", "How long it must be over before it has recovered.");
    public static readonly LocalizedText PulseLasts = new(
        "只发脉冲的设备：最后一次脉冲之后多久视为结束。", "For devices that only pulse: how long after the last pulse it counts as over.");

    public static readonly LocalizedText FallingObject = new("高空抛物", "Falling object");
    public static readonly LocalizedText FallingObjectUse = new(
        "同一立面同一列、前后相隔不超过 window 的抛物并为一件，每一次都是证据。", "Throws at one façade and column, each within the window of the one before, are one case; each is evidence.");
    public static readonly LocalizedText FallingObjectWindow = new("与前一次相隔不到多久算同一件。", "How soon after the one before a throw belongs to the same case.");
    public static readonly LocalizedText FallingObjectMinConfidence = new("立案所需的最低置信度，0 到 1。", "The confidence that it takes to open a case, 0 to 1.");

    public static readonly LocalizedText IllegalParking = new("违停", "Illegal parking");
    public static readonly LocalizedText IllegalParkingUse = new(
        "车辆停留超过允许时长；消防通道立即告警，级别 P1。车库和停车场不管，除非该区域自己写了 parkingGrace。",
        "A vehicle stands for longer than it may; in a fire lane it is an alarm at once, P1. Garages and parking lots do not count, unless the zone states its own parkingGrace.");
    public static readonly LocalizedText Grace = new("一般区域允许停多久；区域自己的 parkingGrace 优先。", "How long a vehicle may stand; a zone's own parkingGrace comes first.");
    public static readonly LocalizedText FireLaneGrace = new("消防通道允许停多久。", "The same in a fire lane.");
    public static readonly LocalizedText GateGrace = new("出入口允许停多久。", "The same at a gate.");

    public static readonly LocalizedText Door = new("门禁异常", "Door alarms");
    public static readonly LocalizedText DoorUse = new("门被强开立即告警；门开着超过 held-for 告警；关门即恢复。", "A forced door is an alarm at once, an open one after held-for; closing it recovers both.");
    public static readonly LocalizedText HeldFor = new("门开多久算未关。", "How long a door may be open.");

    public static readonly LocalizedText Duress = new("求助与胁迫", "Calls for help");
    public static readonly LocalizedText DuressUse = new("胁迫报警和紧急求助，每一次都单独立案。", "Duress and panic alarms; each is a case of its own.");

    public static readonly LocalizedText SmokeGas = new("烟雾与气体", "Smoke and gas");
    public static readonly LocalizedText SmokeGasUse = new("烟感、火警、燃气和一氧化碳探测器的报警。自检不算。", "Alarms of smoke, fire, gas and carbon monoxide detectors. Self-tests do not count.");

    public static readonly LocalizedText WaterLeak = new("漏水与水浸", "Water leaks and floods");
    public static readonly LocalizedText WaterLeakUse = new(
        "漏水：楼内 P1（会渗到楼下和电气设备），室外 P2；水浸一律 P1。", "A leak is P1 in a building, where it runs down into other homes and wiring, and P2 outdoors; a flood is P1 everywhere.");

    public static readonly LocalizedText Threshold = new("指标超限", "Threshold");
    public static readonly LocalizedText ThresholdUse = new("某项指标高于或低于限值并持续一段时间。", "A metric is above or below a limit for a time.");
    public static readonly LocalizedText Metric = new("看哪项指标。", "Which metric.");
    public static readonly LocalizedText Above = new("高于此值告警；单位同指标。", "A value above is an alarm; in the metric's unit.");
    public static readonly LocalizedText Below = new("低于此值告警；单位同指标。", "A value below is an alarm; in the metric's unit.");
    public static readonly LocalizedText For = new("持续多久才告警。", "How long it must last.");
    public static readonly LocalizedText Hysteresis = new("回到限值以内多少才算恢复；单位同指标。", "How far inside the limit it must be to count as over; in the metric's unit.");

    public static readonly LocalizedText DeviceOffline = new("设备离线", "Device offline");
    public static readonly LocalizedText DeviceOfflineUse = new(
        "设备报告离线，或沉默超过允许时长；设备的任何消息都算恢复。", "A device is said to be offline, or is silent for longer than it may be; any message of it ends that.");
    public static readonly LocalizedText Confirm = new("报告离线后等多久，以免重连也告警。", "How long to wait after it is said to be offline, so that a reconnect is no alarm.");
    public static readonly LocalizedText SilentAfter = new("沉默多久算离线；设备自己的 silentAfter 优先。", "How long a device may be silent; its own silentAfter comes first.");
}
