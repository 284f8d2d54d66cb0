using SmartCommunity.Stores.Reminders;

namespace SmartCommunity.Stores.Conformance;

public abstract class ReminderConformance : PortConformance<IReminderStore>
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(8));
    private static readonly StoredReminder Daily = new("incident/i-1", "daily", Start, TimeSpan.FromDays(1), Start.AddDays(3));

    [Fact]
    public async Task ARemindersTimesComeBackToTheTick()
    {
        var exact = Daily with { StartAt = Start.AddTicks(7), Period = TimeSpan.FromTicks(600_000_001), NextAt = Start.AddTicks(9) };
        await Port.UpsertAsync(exact, Limit);
        await ReopenAsync();

        (await Port.ReadAllAsync(Limit)).ShouldHaveSingleItem().ShouldBe(exact);
    }

    [Fact]
    public async Task TheSameNameReplaces()
    {
        await Port.UpsertAsync(Daily, Limit);
        await Port.UpsertAsync(Daily with { Period = TimeSpan.FromHours(1) }, Limit);
        await Port.UpsertAsync(Daily with { Name = "other" }, Limit);

        (await Port.ReadAllAsync(Limit)).Select(reminder => (reminder.Name, reminder.Period.TotalHours)).ShouldBe([("daily", 1), ("other", 24)], ignoreOrder: true);
    }

    [Fact]
    public async Task ADeletedReminderIsGoneAndDeletingAgainDoesNothing()
    {
        await Port.UpsertAsync(Daily, Limit);
        await Port.DeleteAsync(Daily.Grain, Daily.Name, Limit);
        await Port.DeleteAsync(Daily.Grain, Daily.Name, Limit);

        (await Port.ReadAllAsync(Limit)).ShouldBeEmpty();
    }
}
