namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>The limits that a client can reach. Their names go into metrics and log lines.</summary>
internal enum Limit
{
    Connections,
    ConnectionsPerAddress,
    ConnectRate,
    ConnectRatePerAddress,
    Unauthenticated,
    UnauthenticatedPerAddress,
    FailedSignIns,
    Addresses,
    ConnectTime,
    PacketSizeBeforeSignIn,
    PacketSize,
    PacketContent,
    WillSize,
    TopicAliases,
    ReceiveMaximum,
    PublishRate,
    PublishBytes,
    Sessions,
    Subscriptions,
    Silence,
    SendTime,
}

/// <summary>How limits are written.</summary>
internal static class LimitNames
{
    private static readonly string[] Names = [.. Enum.GetNames<Limit>().Select(name => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name))];

    /// <summary>The name in metrics and logs: <c>connect-rate-per-address</c>.</summary>
    public static string Name(this Limit limit) => Names[(int)limit];
}
