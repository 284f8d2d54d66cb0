using System.Collections.Immutable;
using Orleans.Runtime;
using SmartCommunity.Host.Silo;
using SmartCommunity.Orleans.InProcess;
using SmartCommunity.Stores.Reminders;

namespace SmartCommunity.Host.Tests.Silo;

public sealed class StoredReminderTableTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private readonly MemoryReminders _store = new();
    private readonly StoredReminderTable _table;

    public StoredReminderTableTests() => _table = new(_store);

    [Theory]
    [InlineData("incident", "i-1")]
    [InlineData("building", "yunqi/b1")]
    [InlineData("grid", "云栖/g 1")]
    public async Task A_reminder_comes_back_as_it_was_stored(string type, string key)
    {
        var entry = new ReminderEntry(GrainId.Create(type, key), "clock", Start, TimeSpan.FromMinutes(3), Start.AddMinutes(6));
        await _table.UpsertAsync(entry, default);
        (await _table.ReadAllAsync(default)).ShouldHaveSingleItem().ShouldBe(entry);
    }

    [Fact]
    public async Task A_reminder_replaces_the_one_of_its_grain_and_name_only()
    {
        var grain = GrainId.Create("incident", "i-1");
        var first = new ReminderEntry(grain, "clock", Start, TimeSpan.FromMinutes(3), Start);
        var other = first with { Name = "escalation" };
        var moved = first with { NextDueAt = Start.AddMinutes(3) };
        await _table.UpsertAsync(first, default);
        await _table.UpsertAsync(other, default);
        await _table.UpsertAsync(moved, default);
        (await _table.ReadAllAsync(default)).ShouldBe([moved, other], ignoreOrder: true);
        await _table.DeleteAsync(grain, "clock", default);
        (await _table.ReadAllAsync(default)).ShouldBe([other]);
    }

    private sealed class MemoryReminders : IReminderStore
    {
        private readonly Dictionary<(string, string), StoredReminder> _reminders = [];

        public ValueTask<ImmutableArray<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken) => new([.. _reminders.Values]);

        public ValueTask UpsertAsync(StoredReminder reminder, CancellationToken cancellationToken)
        {
            _reminders[(reminder.Grain, reminder.Name)] = reminder;
            return ValueTask.CompletedTask;
        }

        public ValueTask DeleteAsync(string grain, string name, CancellationToken cancellationToken)
        {
            _reminders.Remove((grain, name));
            return ValueTask.CompletedTask;
        }
    }
}
