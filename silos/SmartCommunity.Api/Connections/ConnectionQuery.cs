using System.ComponentModel;
using System.Globalization;
using SmartCommunity.Api.Input;

namespace SmartCommunity.Api.Connections;

/// <summary>Which connections to list, and in which order.</summary>
internal sealed record ConnectionQuery(
    [property: Description("Only of this device or account.")] string? Account,
    [property: Description("Only with this client id.")] string? Client,
    [property: Description("Only of these kinds: device, gateway, integration, subscriber; separated by commas.")] string? Kind,
    [property: Description("Only from addresses that begin so.")] string? Address,
    [property: Description("Only over these transports: tcp, tls, websocket, websocket-over-tls; separated by commas.")] string? Transport,
    [property: Description("client (default), account, address, since (oldest first); or -since, -messages-in, -messages-out, -bytes-in, -bytes-out, -queued (largest first).")] string? Sort,
    [property: Description("The next of the page before.")] string? Cursor,
    [property: Description("How many, 1 to 500.")] string? Limit)
{
    private static readonly string[] Kinds = ["device", "gateway", "integration", "subscriber"];
    private static readonly string[] Transports = ["tcp", "tls", "websocket", "websocket-over-tls"];

    // Keys are compared as text, so that numbers are written with all their digits, the largest first.
    private static readonly Dictionary<string, Func<MqttConnection, string>> Orders = new(StringComparer.Ordinal)
    {
        ["client"] = connection => connection.ClientId,
        ["account"] = connection => connection.Account,
        ["address"] = connection => connection.Address,
        ["since"] = connection => Digits(connection.Since.UtcTicks),
        ["-since"] = connection => Digits(long.MaxValue - connection.Since.UtcTicks),
        ["-messages-in"] = connection => Digits(long.MaxValue - connection.MessagesIn),
        ["-messages-out"] = connection => Digits(long.MaxValue - connection.MessagesOut),
        ["-bytes-in"] = connection => Digits(long.MaxValue - connection.BytesIn),
        ["-bytes-out"] = connection => Digits(long.MaxValue - connection.BytesOut),
        ["-queued"] = connection => Digits(long.MaxValue - connection.Queued),
    };

    public Func<MqttConnection, bool> ReadFilter(InputChecker input)
    {
        var kinds = input.Words("kind", Kind, Kinds);
        var transports = input.Words("transport", Transport, Transports);
        return connection => (string.IsNullOrEmpty(Account) || connection.Account == Account)
            && (string.IsNullOrEmpty(Client) || connection.ClientId == Client)
            && (kinds.IsEmpty || kinds.Contains(connection.Kind, StringComparer.Ordinal))
            && (string.IsNullOrEmpty(Address) || connection.Address.StartsWith(Address, StringComparison.OrdinalIgnoreCase))
            && (transports.IsEmpty || transports.Contains(connection.Transport, StringComparer.Ordinal));
    }

    /// <summary>The key of a connection in the order that was asked for; no two have the same.</summary>
    public Func<MqttConnection, string> ReadOrder(InputChecker input)
    {
        var words = input.Words("sort", string.IsNullOrEmpty(Sort) ? "client" : Sort, [.. Orders.Keys]);
        var order = Orders[words.Length == 1 ? words[0] : "client"];
        return connection => $"{order(connection)}\0{connection.Account}\0{connection.ClientId}\0{Digits(connection.Since.UtcTicks)}";
    }

    private static string Digits(long number) => number.ToString("D19", CultureInfo.InvariantCulture);
}
