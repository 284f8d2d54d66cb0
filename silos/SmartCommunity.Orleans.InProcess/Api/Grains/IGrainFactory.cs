using Orleans.Runtime;

namespace Orleans;

/// <summary>Gives references to grains. A reference costs nothing; the grain is activated by its first call.</summary>
public interface IGrainFactory
{
    /// <summary>The grain with this key.</summary>
    /// <param name="primaryKey">The key; neither null, empty nor blank.</param>
    /// <param name="grainClassNamePrefix">Chooses among several classes with this interface: how the full class name begins.</param>
    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>The grain with this key, as the interface given at run time.</summary>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    /// <summary>The grain with this identity.</summary>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable;
}
