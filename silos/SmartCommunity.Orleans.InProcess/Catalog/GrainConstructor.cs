using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Activations;
using SmartCommunity.Orleans.InProcess.State;

namespace SmartCommunity.Orleans.InProcess.Catalog;

/// <summary>Makes objects of one grain class: services by injection, states by their attributes.</summary>
internal sealed class GrainConstructor
{
    private readonly ObjectFactory _factory;
    private readonly PersistentStateParameter[] _states;

    /// <exception cref="InvalidOperationException">A state's parameter has the wrong type.</exception>
    public GrainConstructor(Type type)
    {
        var constructors = type.GetConstructors();
        var constructor = constructors.FirstOrDefault(candidate => candidate.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.FirstOrDefault(candidate => candidate.GetParameters().Any(IsState))
            ?? constructors.FirstOrDefault();
        _states = constructor?.GetParameters().Where(IsState).Select(parameter => new PersistentStateParameter(parameter)).ToArray() ?? [];
        _factory = ActivatorUtilities.CreateFactory(type, [.. _states.Select(state => state.Type)]);
    }

    public object Create(Activation activation)
    {
        var states = new object[_states.Length];
        for (var i = 0; i < states.Length; i++)
            states[i] = _states[i].Create(activation);
        return _factory(activation.ActivationServices, states);
    }

    private static bool IsState(ParameterInfo parameter) => parameter.IsDefined(typeof(PersistentStateAttribute));
}
