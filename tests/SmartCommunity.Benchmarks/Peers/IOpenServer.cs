using SmartCommunity.Benchmarks.Measuring;

namespace SmartCommunity.Benchmarks.Peers;

/// <summary>A server in a process of its own that lets everybody in and lets everybody do everything.</summary>
internal interface IOpenServer : IAsyncDisposable
{
    /// <summary>How the report calls it.</summary>
    string Name { get; }

    /// <summary>The MQTT port on 127.0.0.1.</summary>
    int Port { get; }

    double PeakMebibytes { get; }

    double ResidentMebibytes { get; }

    /// <summary>Lets go of memory that is not used any more, where the server keeps such.</summary>
    Task SettleAsync(CancellationToken cancellationToken);

    Task<ServerFigures> ReadAsync(CancellationToken cancellationToken);
}
