using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A state that a grain's constructor takes with <see cref="PersistentStateAttribute"/>.</summary>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>Binds a constructor parameter of type <see cref="IPersistentState{TState}"/> to a store.</summary>
/// <param name="stateName">The state's name within the grain; part of the key that it is stored under.</param>
/// <param name="storageName">The name that the <c>IGrainStorage</c> is registered with. Default: the one that has none.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName ?? throw new ArgumentNullException(nameof(stateName));

    public string? StorageName { get; } = storageName;
}
