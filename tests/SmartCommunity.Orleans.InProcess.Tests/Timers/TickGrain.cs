using Orleans;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Timers;

public interface ITickGrain : IGrainWithStringKey
{
    /// <summary>Starts a timer; each tick says so, and waits at a gate when one is named.</summary>
    Task Start(TimeSpan due, TimeSpan period, bool interleave = false, bool keepAlive = false, string? gate = null);

    Task Change(TimeSpan due, TimeSpan period);

    Task Stop();

    Task Hold(string gate);

    Task Ping();

    Task<bool> FromOutside();

    Task Fail();

    Task AllForms();
}

public sealed class TickGrain(Probe probe) : Grain, ITickGrain
{
    private IGrainTimer? _timer;
    private int _ticks;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write($"ended {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task Start(TimeSpan due, TimeSpan period, bool interleave = false, bool keepAlive = false, string? gate = null)
    {
        _timer = this.RegisterGrainTimer(
            async (at, token) =>
            {
                probe.Write($"tick {++_ticks}");
                using var _ = token.Register(() => probe.Write("cancelled"));
                if (at is not null)
                    await probe.Gate(at);
                probe.Write($"tock {_ticks} {ReferenceEquals(TaskScheduler.Current, TaskScheduler.Default)}");
            },
            gate,
            new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        probe.Write($"hold {gate}");
        await probe.Gate(gate);
    }

    public Task Ping() => Task.CompletedTask;

    public Task<bool> FromOutside() => Task.Run(() =>
    {
        try
        {
            this.RegisterGrainTimer(() => Task.CompletedTask, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    });

    public Task Fail()
    {
        this.RegisterGrainTimer(
            () =>
            {
                probe.Write($"fail {++_ticks}");
                throw new FormatException("A bad tick.");
            },
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }

    public Task AllForms()
    {
        var (due, period) = (TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        var options = new GrainTimerCreationOptions(due, period);
        this.RegisterGrainTimer(() => Write("1"), due, period);
        this.RegisterGrainTimer(_ => Write("2"), due, period);
        this.RegisterGrainTimer(text => Write(text), "3", due, period);
        this.RegisterGrainTimer((text, _) => Write(text), "4", due, period);
        this.RegisterGrainTimer(() => Write("5"), options);
        this.RegisterGrainTimer(_ => Write("6"), options);
        this.RegisterGrainTimer(text => Write(text), "7", options);
        this.RegisterGrainTimer((text, _) => Write(text), "8", options);
        return Task.CompletedTask;

        Task Write(string text)
        {
            probe.Write(text);
            return Task.CompletedTask;
        }
    }
}
