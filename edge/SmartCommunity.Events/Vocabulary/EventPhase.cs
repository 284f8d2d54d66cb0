namespace SmartCommunity.Events.Vocabulary;

/// <summary>Where in the life of a situation an event stands.</summary>
public enum EventPhase : byte
{
    /// <summary>A momentary event: a throw, a card read.</summary>
    Pulse = 0,

    /// <summary>A situation began or still holds: smoke, an open door.</summary>
    Start = 1,

    /// <summary>The situation ended.</summary>
    Stop = 2,
}
