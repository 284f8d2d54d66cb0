using Orleans.Runtime;

namespace SmartCommunity.Orleans.InProcess.Reminders;

/// <summary>A reminder in memory. Registering it anew makes another one, so that what holds the old one can tell.</summary>
internal sealed class Reminder(ReminderEntry entry) : IGrainReminder
{
    /// <summary>What is stored of it. Guarded by the schedule.</summary>
    public ReminderEntry Entry { get; set; } = entry;

    public string ReminderName => Entry.Name;

    public (GrainId, string) Key => (Entry.GrainId, Entry.Name);
}
