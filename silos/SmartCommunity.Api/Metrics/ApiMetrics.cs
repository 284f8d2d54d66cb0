using System.Diagnostics.Metrics;

namespace SmartCommunity.Api.Metrics;

/// <summary>The API's own metrics; requests and connections are counted by ASP.NET Core.</summary>
internal sealed class ApiMetrics : IDisposable
{
    public const string MeterName = "SmartCommunity.Api";

    private readonly Meter _meter;
    private readonly Counter<long> _signIns;
    private readonly Counter<long> _commands;
    private readonly Counter<long> _liveRows;
    private readonly Counter<long> _liveResets;
    private readonly UpDownCounter<long> _liveReaders;

    public ApiMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _signIns = _meter.CreateCounter<long>("smartcommunity.api.sign_ins", "{sign_in}", "Sign-ins by outcome.");
        _commands = _meter.CreateCounter<long>("smartcommunity.api.commands", "{command}", "Commands on incidents by command and outcome.");
        _liveRows = _meter.CreateCounter<long>("smartcommunity.api.live.rows", "{row}", "Rows sent on live feeds.");
        _liveResets = _meter.CreateCounter<long>("smartcommunity.api.live.resets", "{reset}", "Live readers that were away for longer than the outbox keeps.");
        _liveReaders = _meter.CreateUpDownCounter<long>("smartcommunity.api.live.readers", "{reader}", "Live readers now.");
    }

    public void SignIn(string outcome) => _signIns.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Command(string command, string outcome) =>
        _commands.Add(1, new KeyValuePair<string, object?>("command", command), new KeyValuePair<string, object?>("outcome", outcome));

    public void LiveRows(int count) => _liveRows.Add(count);

    public void LiveReset() => _liveResets.Add(1);

    public void LiveReaders(int change) => _liveReaders.Add(change);

    public void Dispose() => _meter.Dispose();
}
