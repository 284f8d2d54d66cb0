using Orleans.Runtime;
using Orleans.Timers;
using SmartCommunity.Orleans.InProcess.Activations;

namespace SmartCommunity.Orleans.InProcess.Reminders;

/// <summary>Checks what a grain asks, and passes it on.</summary>
internal sealed class ReminderRegistry(ReminderService service, ActivationHost host) : IReminderRegistry
{
    public Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        var shortest = host.Options.MinimumReminderPeriod;
        if (period < shortest)
            throw new ArgumentException($"Reminder {reminderName} cannot have the period {period}: the shortest allowed is {shortest}. A grain timer can be shorter.", nameof(period));
        CheckCaller();
        return service.RegisterAsync(callingGrainId, reminderName, dueTime, period);
    }

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        CheckCaller();
        return service.UnregisterAsync(callingGrainId, reminder);
    }

    public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        ArgumentException.ThrowIfNullOrEmpty(reminderName);
        CheckCaller();
        return service.FindAsync(callingGrainId, reminderName);
    }

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
    {
        CheckCaller();
        return service.OfAsync(callingGrainId);
    }

    private static void CheckCaller()
    {
        if (RuntimeContext.Current is null)
            throw new InvalidOperationException("Reminders are asked for by a grain's own code, on its own turn.");
    }
}
