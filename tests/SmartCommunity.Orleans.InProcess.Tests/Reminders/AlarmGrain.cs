using Orleans;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Reminders;

public interface IAlarmGrain : IGrainWithStringKey
{
    Task Set(string name, TimeSpan due, TimeSpan period);

    Task<bool> Unset(string name);

    Task<string[]> Names();

    Task UnsetStale(string name);

    Task Ping();
}

public sealed class AlarmGrain(Probe probe, TimeProvider time) : Grain, IAlarmGrain, IRemindable
{
    public Task Set(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task<bool> Unset(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
            return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task<string[]> Names() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName)];

    public async Task UnsetStale(string name)
    {
        var stale = await this.GetReminder(name);
        await this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await this.UnregisterReminder(stale!);
    }

    public Task Ping() => Task.CompletedTask;

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var at = (time.GetUtcNow() - new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero)).TotalMinutes;
        var first = (status.FirstTickTime - new DateTime(2026, 11, 20, 10, 0, 0, DateTimeKind.Utc)).TotalMinutes;
        probe.Write($"{reminderName} at {at} first {first} every {status.Period.TotalMinutes} {status.CurrentTickTime.Kind}");
        if (reminderName == "once")
            await Unset(reminderName);
        if (reminderName == "fails")
            throw new FormatException("A bad tick.");
        if (reminderName == "held")
            await probe.Gate("held");
    }
}

public interface IDeafGrain : IGrainWithStringKey
{
    Task Set();
}

public sealed class DeafGrain : Grain, IDeafGrain
{
    public Task Set() => this.RegisterOrUpdateReminder("r", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
}
