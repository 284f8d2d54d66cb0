using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Rules.Places;

/// <summary>What rules may know of a device.</summary>
public sealed record DeviceFacts
{
    /// <summary>The device.</summary>
    public required DeviceId Id { get; init; }

    /// <summary>What sort of device, for example <c>smoke-detector</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What people call it.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>The community that it belongs to.</summary>
    public required CommunityId Community { get; init; }

    /// <summary>The grid that it is in.</summary>
    public required GridId Grid { get; init; }

    /// <summary>The building that it is in or on; null outdoors.</summary>
    public BuildingId? Building { get; init; }

    /// <summary>What people call that building; null shows its id.</summary>
    public LocalizedText? BuildingName { get; init; }

    /// <summary>The zone that it watches, with its kind and name; null when none.</summary>
    public ZoneFacts? Zone { get; init; }

    /// <summary>The façade that a camera watches, for example <c>south</c>.</summary>
    public string? Facade { get; init; }

    /// <summary>The floor, negative below ground.</summary>
    public int? Floor { get; init; }

    /// <summary>The unit (户), for example <c>1801</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>How long it may be silent before it counts as offline; null takes the rule's default.</summary>
    public TimeSpan? SilentAfter { get; init; }
}

/// <summary>What rules may know of a zone.</summary>
/// <param name="Id">The zone.</param>
/// <param name="Kind">gate, lane, fire-lane, garage, playground, …</param>
/// <param name="Name">What people call it.</param>
/// <param name="ParkingGrace">How long a vehicle may stand here; null takes the rule's default for the kind.</param>
public sealed record ZoneFacts(ZoneId Id, string Kind, LocalizedText Name, TimeSpan? ParkingGrace)
{
    /// <summary>The kind of a gate (出入口).</summary>
    public const string Gate = "gate";

    /// <summary>The kind of a fire lane (消防通道): no vehicle may stand there.</summary>
    public const string FireLane = "fire-lane";

    /// <summary>The kind of a garage (车库): vehicles may stand there.</summary>
    public const string Garage = "garage";

    /// <summary>The kind of a parking lot (停车场): vehicles may stand there.</summary>
    public const string ParkingLot = "parking-lot";
}
