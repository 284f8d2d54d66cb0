using Orleans.Concurrency;

namespace SmartCommunity.Grains.Contracts;

/// <summary>A community's topology and roll-ups; the key is the community's id.</summary>
public interface ICommunityGrain : IGrainWithStringKey
{
    /// <summary>The summaries of all its places.</summary>
    [AlwaysInterleave]
    Task<PlaceSummary[]> ReadSummariesAsync();

    /// <summary>Checks and stores a community file, and tells every place.</summary>
    Task<PutCommunityAnswer> PutAsync(PutCommunity request);

    /// <summary>A place tells its summary; at most every 250 ms.</summary>
    [OneWay]
    Task ReportAsync(PlaceSummary summary);
}

/// <summary>A community file to store.</summary>
/// <param name="File">The file, YAML or JSON.</param>
/// <param name="ExpectedVersion">The version that it was edited from; null does not check; 0 for a new community.</param>
/// <param name="Actor">Who stores it.</param>
[GenerateSerializer, Immutable, Alias("SmartCommunity.PutCommunity")]
public sealed record PutCommunity([property: Id(0)] string File, [property: Id(1)] long? ExpectedVersion, [property: Id(2)] string Actor);

/// <summary>What became of it.</summary>
[GenerateSerializer, Immutable, Alias("SmartCommunity.PutCommunityAnswer")]
public sealed record PutCommunityAnswer
{
    /// <summary>Whether it is stored.</summary>
    [Id(0)] public required bool Stored { get; init; }

    /// <summary>The version that is stored now.</summary>
    [Id(1)] public required long Version { get; init; }

    /// <summary>Everything that is wrong with the file; empty when only the version was stale.</summary>
    [Id(2)] public FileProblemView[] Problems { get; init; } = [];
}

/// <summary>One thing that is wrong with a community file.</summary>
[GenerateSerializer, Immutable, Alias("SmartCommunity.FileProblemView")]
public sealed record FileProblemView([property: Id(0)] string Path, [property: Id(1)] string Message, [property: Id(2)] string Hint);
