namespace SmartCommunity.Grains.Contracts;

/// <summary>The live picture of a building or of a grid's outdoor zones.</summary>
[GenerateSerializer, Immutable, Alias("SmartCommunity.PlaceView")]
public sealed record PlaceView
{
    /// <summary>The summary that the community's roll-up shows.</summary>
    [Id(0)] public required PlaceSummary Summary { get; init; }

    /// <summary>Its devices.</summary>
    [Id(1)] public required DeviceView[] Devices { get; init; }

    /// <summary>Its live conditions.</summary>
    [Id(2)] public required ConditionView[] Conditions { get; init; }
}

/// <summary>A place in one line.</summary>
[GenerateSerializer, Immutable, Alias("SmartCommunity.PlaceSummary")]
public sealed record PlaceSummary
{
    [Id(0)] public required string Community { get; init; }

    [Id(1)] public required string Grid { get; init; }

    /// <summary>The building; empty for a grid's outdoor zones.</summary>
    [Id(2)] public required string Building { get; init; }

    /// <summary>How many open cases there are of P0, P1, P2 and P3.</summary>
    [Id(3)] public required int[] OpenCases { get; init; }

    [Id(4)] public required int Devices { get; init; }

    [Id(5)] public required int DevicesOnline { get; init; }

    /// <summary>Rises with every change of this place, so that a late summary can not overwrite a newer one.</summary>
    [Id(6)] public required long Revision { get; init; }
}

/// <summary>The last state of a device.</summary>
[GenerateSerializer, Immutable, Alias("SmartCommunity.DeviceView")]
public sealed record DeviceView
{
    [Id(0)] public required string Device { get; init; }

    /// <summary>Null while nothing has been heard of it.</summary>
    [Id(1)] public required bool? Online { get; init; }

    /// <summary>When the gateway last took something of it.</summary>
    [Id(2)] public required DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>Its last values.</summary>
    [Id(3)] public required MetricView[] Values { get; init; }
}

/// <summary>The last value of a metric.</summary>
[GenerateSerializer, Immutable, Alias("SmartCommunity.MetricView")]
public sealed record MetricView([property: Id(0)] string Metric, [property: Id(1)] DateTimeOffset Time, [property: Id(2)] double Value);

/// <summary>A live condition.</summary>
[GenerateSerializer, Immutable, Alias("SmartCommunity.ConditionView")]
public sealed record ConditionView
{
    [Id(0)] public required string Key { get; init; }

    [Id(1)] public required string Rule { get; init; }

    /// <summary>The name of its phase, for example <c>Active</c>.</summary>
    [Id(2)] public required string Phase { get; init; }

    [Id(3)] public required DateTimeOffset Since { get; init; }

    [Id(4)] public required byte Severity { get; init; }

    [Id(5)] public required string[] Devices { get; init; }
}
