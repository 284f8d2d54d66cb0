using System.Collections.Immutable;
using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Situations;

/// <summary>Something that goes wrong: who says and does what when, and what a system that watches must make of it.</summary>
public sealed record Situation
{
    /// <summary>Its name in <see cref="SituationCatalogue"/>, for example <c>door-held-open</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The device that it happens to.</summary>
    public required DeviceSite Site { get; init; }

    /// <summary>What the device does, in order of time.</summary>
    public required ImmutableArray<SituationStep> Steps { get; init; }

    /// <summary>What the device goes on doing beside the script.</summary>
    public required DeviceConduct Conduct { get; init; }

    /// <summary>What must be raised: nothing more, nothing less.</summary>
    public required ImmutableArray<ExpectedIncident> Expected { get; init; }

    /// <summary>How long it lasts: the device is its own again after the last step.</summary>
    public TimeSpan Duration => Steps[^1].At;
}

/// <summary>One step of a script.</summary>
/// <param name="At">When, from the start of the situation.</param>
/// <param name="Act">What the device does.</param>
public sealed record SituationStep(TimeSpan At, DeviceAct Act);

/// <summary>What a device does in a script.</summary>
public abstract record DeviceAct
{
    private DeviceAct()
    {
    }

    /// <summary>It publishes a message.</summary>
    /// <param name="Make">Makes the message for the time at which it happens.</param>
    public sealed record Say(Func<DateTimeOffset, DeviceMessage> Make) : DeviceAct;

    /// <summary>It loses its power: the connection breaks without a goodbye, and the will speaks for it.</summary>
    public sealed record Vanish : DeviceAct;

    /// <summary>It connects again.</summary>
    public sealed record ComeBack : DeviceAct;

    /// <summary>Nothing; the situation lasts until then.</summary>
    public sealed record Rest : DeviceAct;
}

/// <summary>What a device does beside the script that it is in.</summary>
public enum DeviceConduct : byte
{
    /// <summary>All that it ordinarily does: a camera keeps watching everything else.</summary>
    Ordinary = 0,

    /// <summary>Its readings only: nobody walks through a door that is being held open by a script.</summary>
    TelemetryOnly = 1,

    /// <summary>Nothing: the script speaks for it.</summary>
    ScriptOnly = 2,
}
