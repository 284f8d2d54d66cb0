namespace SmartCommunity.Events.Vocabulary;

/// <summary>What an event says happened. The numbers are part of the journal's format and never change.</summary>
public enum EventKind : ushort
{
    /// <summary>No kind; never journaled.</summary>
    None = 0,

    /// <summary>高空抛物, <c>falling-object</c>.</summary>
    FallingObject = 1,

    /// <summary>车辆停留, <c>vehicle-present</c>.</summary>
    VehiclePresent = 2,

    /// <summary>车辆离开, <c>vehicle-left</c>.</summary>
    VehicleLeft = 3,

    /// <summary>车牌识别, <c>plate-read</c>.</summary>
    PlateRead = 4,

    /// <summary>通行, <c>access-granted</c>.</summary>
    AccessGranted = 5,

    /// <summary>拒绝通行, <c>access-denied</c>.</summary>
    AccessDenied = 6,

    /// <summary>门打开, <c>door-opened</c>.</summary>
    DoorOpened = 7,

    /// <summary>门关闭, <c>door-closed</c>.</summary>
    DoorClosed = 8,

    /// <summary>门被强开, <c>door-forced</c>.</summary>
    DoorForced = 9,

    /// <summary>门未关, <c>door-held-open</c>.</summary>
    DoorHeldOpen = 10,

    /// <summary>胁迫报警, <c>duress</c>.</summary>
    Duress = 11,

    /// <summary>防拆报警, <c>tamper</c>.</summary>
    Tamper = 12,

    /// <summary>烟雾, <c>smoke</c>.</summary>
    Smoke = 13,

    /// <summary>火警, <c>fire</c>.</summary>
    Fire = 14,

    /// <summary>燃气泄漏, <c>gas</c>.</summary>
    Gas = 15,

    /// <summary>一氧化碳, <c>co</c>.</summary>
    Co = 16,

    /// <summary>漏水, <c>water-leak</c>.</summary>
    WaterLeak = 17,

    /// <summary>水浸, <c>flood</c>.</summary>
    Flood = 18,

    /// <summary>紧急求助, <c>panic</c>.</summary>
    Panic = 19,

    /// <summary>电梯故障, <c>lift-fault</c>.</summary>
    LiftFault = 20,

    /// <summary>电梯困人, <c>lift-entrapment</c>.</summary>
    LiftEntrapment = 21,

    /// <summary>电动车进电梯, <c>e-bike-in-lift</c>.</summary>
    EBikeInLift = 22,

    /// <summary>消防通道占用, <c>fire-lane-blocked</c>.</summary>
    FireLaneBlocked = 23,

    /// <summary>越界, <c>line-crossed</c>.</summary>
    LineCrossed = 24,

    /// <summary>入侵, <c>intrusion</c>.</summary>
    Intrusion = 25,

    /// <summary>徘徊, <c>loitering</c>.</summary>
    Loitering = 26,

    /// <summary>人群计数, <c>crowd-count</c>.</summary>
    CrowdCount = 27,

    /// <summary>人员跌倒, <c>person-fell</c>.</summary>
    PersonFell = 28,

    /// <summary>井盖开启, <c>manhole-open</c>.</summary>
    ManholeOpen = 29,

    /// <summary>玻璃破碎, <c>glass-break</c>.</summary>
    GlassBreak = 30,

    /// <summary>振动, <c>vibration</c>.</summary>
    Vibration = 31,

    /// <summary>移动侦测, <c>motion</c>.</summary>
    Motion = 32,

    /// <summary>有人, <c>occupancy</c>.</summary>
    Occupancy = 33,

    /// <summary>目标检测, <c>object-detected</c>.</summary>
    ObjectDetected = 34,

    /// <summary>设备上线, <c>device-online</c>.</summary>
    DeviceOnline = 35,

    /// <summary>设备离线, <c>device-offline</c>.</summary>
    DeviceOffline = 36,

    /// <summary>电量低, <c>low-battery</c>.</summary>
    LowBattery = 37,

    /// <summary>上报, <c>report</c>.</summary>
    Report = 38,
}
