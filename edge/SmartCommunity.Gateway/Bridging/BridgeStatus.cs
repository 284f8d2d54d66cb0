namespace SmartCommunity.Gateway.Bridging;

/// <summary>The bridges of this gateway, for whoever shows them.</summary>
public interface IBridges
{
    /// <summary>How each of them is now, in the order of the configuration.</summary>
    IReadOnlyList<BridgeStatus> List();
}

/// <summary>How a bridge is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">The broker's address.</param>
/// <param name="Condition">What it does now.</param>
/// <param name="Since">Since when.</param>
/// <param name="Version">The MQTT version of the connection, for example 5.0; null while there is none.</param>
/// <param name="Received">Messages that came since the start of the process, those that came again among them.</param>
/// <param name="Acknowledged">Messages that are on disk here, and of which the broker was told so.</param>
/// <param name="Unacknowledged">Messages that wait for the disk now.</param>
/// <param name="LastError">What went wrong last; null when nothing did.</param>
/// <param name="LastErrorAt">When it did.</param>
public sealed record BridgeStatus(
    string Name,
    string Address,
    BridgeCondition Condition,
    DateTimeOffset Since,
    string? Version,
    long Received,
    long Acknowledged,
    long Unacknowledged,
    string? LastError,
    DateTimeOffset? LastErrorAt);

/// <summary>What a bridge does.</summary>
public enum BridgeCondition : byte
{
    /// <summary>It is looking for its broker.</summary>
    Connecting = 0,

    /// <summary>It is signed in.</summary>
    Connected = 1,

    /// <summary>The journal takes nothing; the bridge waits and tries again. The broker keeps what comes.</summary>
    Waiting = 2,

    /// <summary>The gateway stops, or has not started.</summary>
    Stopped = 3,
}
