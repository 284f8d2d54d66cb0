using System.Diagnostics.Metrics;
using SmartCommunity.Orleans.InProcess.Catalog;

namespace SmartCommunity.Orleans.InProcess.Hosting;

/// <summary>The figures of the grain host; each carries the grain type as <c>grain</c>.</summary>
internal sealed class GrainMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SmartCommunity.Orleans.InProcess";

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _activations;
    private readonly Counter<long> _activationFailures;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _callFailures;
    private readonly Counter<long> _timeouts;
    private readonly Counter<long> _reminders;

    public GrainMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _activations = _meter.CreateUpDownCounter<long>("grains.activations", "{activation}", "Grains that are active now.");
        _activationFailures = _meter.CreateCounter<long>("grains.activation_failures", "{activation}", "Activations that failed.");
        _calls = _meter.CreateCounter<long>("grains.calls", "{call}", "Calls that grains have started to work on.");
        _callFailures = _meter.CreateCounter<long>("grains.call_failures", "{call}", "Calls that ended with an exception.");
        _timeouts = _meter.CreateCounter<long>("grains.call_timeouts", "{call}", "Calls that were not answered in time.");
        _reminders = _meter.CreateCounter<long>("grains.reminders", "{tick}", "Reminder ticks that were delivered.");
    }

    public void Activated(GrainClass grain) => _activations.Add(1, grain.Tag);

    public void Deactivated(GrainClass grain) => _activations.Add(-1, grain.Tag);

    public void ActivationFailed(GrainClass grain) => _activationFailures.Add(1, grain.Tag);

    public void CallStarted(GrainClass grain) => _calls.Add(1, grain.Tag);

    public void CallFailed(GrainClass grain) => _callFailures.Add(1, grain.Tag);

    public void CallTimedOut(GrainClass grain) => _timeouts.Add(1, grain.Tag);

    public void ReminderDelivered(GrainClass grain) => _reminders.Add(1, grain.Tag);

    public void Dispose() => _meter.Dispose();
}
