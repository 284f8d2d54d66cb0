using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCommunity.Orleans.InProcess.Activations;

namespace SmartCommunity.Orleans.InProcess.State;

/// <summary>A constructor parameter with <see cref="PersistentStateAttribute"/>.</summary>
internal sealed class PersistentStateParameter
{
    /// <summary>The name that Orleans gives a store that is registered as the default.</summary>
    private const string DefaultStorage = "Default";

    private readonly string _stateName;
    private readonly string? _storageName;
    private readonly Func<string, Activation, IGrainStorage, object> _create;

    /// <exception cref="InvalidOperationException">The parameter is not an <see cref="IPersistentState{TState}"/>.</exception>
    public PersistentStateParameter(ParameterInfo parameter)
    {
        Type = parameter.ParameterType;
        if (!Type.IsGenericType || Type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException(
                $"Parameter {parameter.Name} of {parameter.Member.DeclaringType} has [PersistentState], and so must be an IPersistentState<T>.");
        var attribute = parameter.GetCustomAttribute<PersistentStateAttribute>()!;
        _stateName = string.IsNullOrEmpty(attribute.StateName) ? parameter.Name! : attribute.StateName;
        _storageName = attribute.StorageName;
        _create = typeof(PersistentStateParameter).GetMethod(nameof(New), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(Type.GetGenericArguments()[0])
            .CreateDelegate<Func<string, Activation, IGrainStorage, object>>();
    }

    /// <summary>The parameter's type.</summary>
    public Type Type { get; }

    /// <summary>The state for one activation, which will be read before <c>OnActivateAsync</c>.</summary>
    /// <exception cref="BadProviderConfigException">Nobody registered the store.</exception>
    public object Create(Activation activation)
    {
        var services = activation.ActivationServices;
        var storage = string.IsNullOrWhiteSpace(_storageName)
            ? services.GetService<IGrainStorage>() ?? services.GetKeyedService<IGrainStorage>(DefaultStorage)
            : services.GetKeyedService<IGrainStorage>(_storageName);
        return storage is null
            ? throw new BadProviderConfigException($"{activation.Class.Type} wants its state \"{_stateName}\" in the store \"{_storageName ?? DefaultStorage}\"; no such IGrainStorage is registered.")
            : _create(_stateName, activation, storage);
    }

    private static object New<TState>(string name, Activation activation, IGrainStorage storage)
    {
        var state = new PersistentState<TState>(name, activation, storage);
        activation.Add(state);
        return state;
    }
}
