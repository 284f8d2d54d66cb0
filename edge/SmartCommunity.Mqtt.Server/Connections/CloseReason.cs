using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>Who ended a connection, and so whose fault it was.</summary>
internal enum CloseCause
{
    /// <summary>The client sent DISCONNECT.</summary>
    ClientDisconnected,

    /// <summary>The client's socket ended without DISCONNECT.</summary>
    ClientGone,

    /// <summary>CONNECT was refused.</summary>
    Refused,

    /// <summary>No whole CONNECT in time.</summary>
    ConnectTimeout,

    /// <summary>The client broke the protocol.</summary>
    ProtocolViolation,

    /// <summary>The client was silent for one and a half times its keep alive.</summary>
    KeepAliveTimeout,

    /// <summary>The client takes nothing of what is written to it.</summary>
    SendTimeout,

    /// <summary>The client published where it may not, and there is no acknowledgement that could say so.</summary>
    NotAuthorized,

    /// <summary>Another connection took the session.</summary>
    TakenOver,

    /// <summary>An operator closed it.</summary>
    Administrative,

    /// <summary>Its account is gone, and everything of it with it.</summary>
    Revoked,

    /// <summary>The endpoint stops.</summary>
    ShuttingDown,

    /// <summary>The receiver could not store a message.</summary>
    ReceiverFailed,

    /// <summary>The endpoint or a port of it failed in a way that nobody foresaw.</summary>
    InternalError,
}

/// <summary>Why a connection ends.</summary>
/// <param name="Cause">Who ended it.</param>
/// <param name="Code">The reason code for DISCONNECT; null when none is sent.</param>
/// <param name="Statement">The statement that was broken, for a protocol violation.</param>
/// <param name="Message">What happened, for the log.</param>
internal sealed record CloseReason(CloseCause Cause, ReasonCode? Code = null, string Statement = "", string Message = "")
{
    public static readonly CloseReason Disconnected = new(CloseCause.ClientDisconnected);
    public static readonly CloseReason Gone = new(CloseCause.ClientGone);
    public static readonly CloseReason Refused = new(CloseCause.Refused);
    public static readonly CloseReason ConnectTimeout = new(CloseCause.ConnectTimeout);
    public static readonly CloseReason KeepAlive = new(CloseCause.KeepAliveTimeout, ReasonCode.KeepAliveTimeout, "MQTT-3.1.2-22");
    public static readonly CloseReason SendTimeout = new(CloseCause.SendTimeout);
    public static readonly CloseReason TakenOver = new(CloseCause.TakenOver, ReasonCode.SessionTakenOver, "MQTT-3.1.4-3");
    public static readonly CloseReason Administrative = new(CloseCause.Administrative, ReasonCode.AdministrativeAction);
    public static readonly CloseReason Revoked = new(CloseCause.Revoked, ReasonCode.AdministrativeAction);
    public static readonly CloseReason ShuttingDown = new(CloseCause.ShuttingDown, ReasonCode.ServerShuttingDown);

    /// <summary>What DISCONNECT may say beside the code; null when the code says enough, or the rest is nobody's business outside.</summary>
    public string? Text => Cause switch
    {
        CloseCause.ProtocolViolation or CloseCause.NotAuthorized => Message,
        CloseCause.KeepAliveTimeout => "The client was silent for one and a half times its keep alive.",
        CloseCause.TakenOver => "Another connection uses this client identifier.",
        CloseCause.Administrative => "An operator closed the connection, or its credentials were revoked.",
        _ => null,
    };

    public static CloseReason Violation(MqttProtocolException violation) =>
        new(CloseCause.ProtocolViolation, violation.Reason, violation.Statement, violation.Message);
}
