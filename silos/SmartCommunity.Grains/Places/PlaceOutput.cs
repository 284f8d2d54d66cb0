using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Stores.DeadLetters;
using SmartCommunity.Stores.Events;

namespace SmartCommunity.Grains.Places;

/// <summary>What the engine wants done, collected until it is on disk.</summary>
internal sealed class PlaceOutput
{
    /// <summary>Samples for the time series; on disk before the next checkpoint is.</summary>
    public List<Sample> Samples { get; set; } = [];

    /// <summary>Events for the books; stored with the next checkpoint.</summary>
    public List<StoredEvent> Events { get; } = [];

    /// <summary>Records that could not be processed; stored with the next checkpoint.</summary>
    public List<StoredDeadLetter> DeadLetters { get; } = [];

    /// <summary>Conditions that moved; acted on at once.</summary>
    public List<ConditionChange> Changes { get; } = [];

    /// <summary>Devices whose summary changed; told to the live feed with the next summary.</summary>
    public HashSet<DeviceId> ChangedDevices { get; } = [];
}
