using Orleans.Concurrency;

namespace SmartCommunity.Grains.Contracts;

/// <summary>What buildings and grids have in common: they take event batches, keep the last state of their devices and run their rules.</summary>
public interface IPlaceGrain : IGrainWithStringKey
{
    /// <summary>Takes a part of a gateway's batch. When it returns, the incidents that follow from it are on disk.</summary>
    Task<PartAnswer> IngestAsync(IngestPart part);

    /// <summary>Puts everything seen so far on disk: samples, events, then the checkpoint.</summary>
    /// <returns>Per gateway, the last sequence that is on disk.</returns>
    Task<GatewayPosition> CheckpointAsync(string gateway);

    /// <summary>The live picture.</summary>
    [AlwaysInterleave]
    Task<PlaceView> ReadAsync();

    /// <summary>Makes the grain run its clocks also when no event comes.</summary>
    Task WakeAsync();

    /// <summary>The community file changed: rules and devices are taken anew, state that still fits is kept.</summary>
    Task ReloadAsync(long version);

    /// <summary>A case of this place changed.</summary>
    [OneWay]
    Task CaseChangedAsync(CaseNotice notice);
}

/// <summary>The grain of a building; key <c>community/building</c>.</summary>
public interface IBuildingGrain : IPlaceGrain;

/// <summary>The grain of a grid's gates, lanes, garages and other outdoor zones; key <c>community/grid</c>.</summary>
public interface IGridGrain : IPlaceGrain;

/// <summary>The part of a gateway's batch that concerns one place.</summary>
/// <param name="Gateway">Whose journal.</param>
/// <param name="Previous">The sequence that the sender believes this grain saw last from the gateway; 0 when it has no belief.</param>
/// <param name="Records">Records in the journal's format; records at or below what the grain has seen are skipped.</param>
/// <param name="CaughtUp">Whether nothing older waits in the gateway's journal: only then may clocks run ahead of events.</param>
[GenerateSerializer, Immutable, Alias("SmartCommunity.IngestPart")]
public sealed record IngestPart(
    [property: Id(0)] string Gateway, [property: Id(1)] long Previous, [property: Id(2)] ReadOnlyMemory<byte> Records, [property: Id(3)] bool CaughtUp);

/// <summary>What a grain says to a part.</summary>
/// <param name="Accepted">False: it has seen less than <see cref="IngestPart.Previous"/>; send again from behind <paramref name="SeenThrough"/>.</param>
/// <param name="SeenThrough">The last sequence that it has seen from the gateway.</param>
[GenerateSerializer, Immutable, Alias("SmartCommunity.PartAnswer")]
public sealed record PartAnswer([property: Id(0)] bool Accepted, [property: Id(1)] long SeenThrough);

/// <summary>A position in a gateway's journal.</summary>
/// <param name="SeenThrough">The last sequence that a grain has seen.</param>
/// <param name="DurableThrough">The last sequence whose effects are on disk.</param>
[GenerateSerializer, Immutable, Alias("SmartCommunity.GatewayPosition")]
public sealed record GatewayPosition([property: Id(0)] long SeenThrough, [property: Id(1)] long DurableThrough);

/// <summary>News of a case for its place.</summary>
[GenerateSerializer, Immutable, Alias("SmartCommunity.CaseNotice")]
public sealed record CaseNotice(
    [property: Id(0)] string Key, [property: Id(1)] string IncidentId, [property: Id(2)] byte Severity, [property: Id(3)] bool IsOpen);
