using System.Buffers.Binary;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Gateway.Journaling;
using SmartCommunity.Gateway.Tests.Support;

namespace SmartCommunity.Gateway.Tests.Forwarding;

/// <summary>A real journal in a folder, a forwarder, and a clock that the test moves.</summary>
internal sealed class ForwarderHarness : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GatewayMetrics _metrics = new();
    private Forwarder? _forwarder;

    public ForwarderHarness(IIngestTarget target, Func<ForwarderOptions, ForwarderOptions>? change = null)
    {
        Target = target;
        Options = GatewayTesting.Options(_folder.Path);
        var forwarder = new ForwarderOptions { MaxBatchRecords = 10, WatermarkInterval = TimeSpan.Zero, JitterSeed = 1 };
        Options = Options with { Forwarder = change?.Invoke(forwarder) ?? forwarder };
        Open();
    }

    public IIngestTarget Target { get; }

    public GatewayOptions Options { get; }

    public ManualTime Time { get; } = new();

    public GatewayJournal Journal { get; private set; } = null!;

    public ForwarderStatus Status { get; private set; } = null!;

    public string Folder => _folder.Path;

    public long First { get; private set; }

    /// <summary>Appends records that hold their own number, and waits until they are on disk.</summary>
    public async Task<long> AppendAsync(int count)
    {
        var payload = new byte[100];
        var last = Journal.Log.LastSequence;
        for (var index = 0; index < count; index++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(payload, Journal.Log.LastSequence + 1);
            last = Journal.Log.Append(payload);
        }

        await Journal.Log.WaitUntilDurableAsync(last);
        return last;
    }

    public async Task StartAsync()
    {
        _forwarder = new Forwarder(Journal, Target, Options, Time, Status, _metrics, NullLogger<Forwarder>.Instance);
        await _forwarder.StartAsync(default);
    }

    /// <summary>Stops; with the clock running, so that the drain ends.</summary>
    public async Task StopAsync()
    {
        if (_forwarder is null)
            return;
        var stop = _forwarder.StopAsync(default);
        await Time.RunUntilAsync(() => stop.IsCompleted, "stop");
        await stop;
        _forwarder.Dispose();
        _forwarder = null;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        Journal.Dispose();
        Open();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Journal.Dispose();
        _metrics.Dispose();
        _folder.Dispose();
    }

    private void Open()
    {
        Journal = GatewayTesting.Open(Options, Time);
        Status = new ForwarderStatus(Journal, Time);
        First = First == 0 ? Journal.Log.FirstSequence : First;
    }
}
