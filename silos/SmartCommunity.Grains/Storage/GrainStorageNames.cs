namespace SmartCommunity.Grains.Storage;

/// <summary>The names of the grain storage providers that the host registers.</summary>
public static class GrainStorageNames
{
    /// <summary>Where places keep their checkpoints.</summary>
    public const string Checkpoints = "checkpoints";
}
