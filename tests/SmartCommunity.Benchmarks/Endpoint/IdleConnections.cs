using System.Net;
using System.Net.Sockets;
using SmartCommunity.Benchmarks.Load;
using SmartCommunity.Benchmarks.Peers;

namespace SmartCommunity.Benchmarks.Endpoint;

/// <summary>What signed-in connections that say nothing cost.</summary>
/// <param name="Connections">How many.</param>
/// <param name="BytesEach">By how much the server's resident memory grew for each; the kernel's share is not in it.</param>
internal sealed record IdleConnections(int Connections, double BytesEach)
{
    // Each local address has some 28,000 ports of its own.
    private const int PerAddress = 20_000;
    private const int ConnectingAtOnce = 50;

    public static async Task<IdleConnections> MeasureAsync(IOpenServer server, int connections, CancellationToken cancellationToken)
    {
        // The first ones make the server allocate what all of them share.
        var sockets = new List<Socket>();
        try
        {
            await OpenAsync(server, 200, sockets, cancellationToken);
            await server.SettleAsync(cancellationToken);
            var before = server.ResidentMebibytes;
            await OpenAsync(server, connections, sockets, cancellationToken);
            await server.SettleAsync(cancellationToken);
            return new(connections, (server.ResidentMebibytes - before) * 1024 * 1024 / connections);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static async Task OpenAsync(IOpenServer server, int count, List<Socket> sockets, CancellationToken cancellationToken)
    {
        var first = sockets.Count;
        foreach (var some in Enumerable.Range(first, count).Chunk(ConnectingAtOnce))
        {
            sockets.AddRange(await Task.WhenAll(some.Select(
                i => RawConnection.OpenAsync(server.Port, FormattableString.Invariant($"idle-{i}"), new IPAddress([127, 0, 1, (byte)(1 + (i / PerAddress))]), cancellationToken))));
            if (sockets.Count % 5_000 < ConnectingAtOnce) await Console.Error.WriteLineAsync(FormattableString.Invariant($"{server.Name}, idle: {sockets.Count} connections"));
        }
    }
}
