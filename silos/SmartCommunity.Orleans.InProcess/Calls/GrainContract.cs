using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace SmartCommunity.Orleans.InProcess.Calls;

/// <summary>A grain interface: its methods, and the prototype of its references.</summary>
internal sealed class GrainContract
{
    private readonly Dictionary<MethodInfo, GrainMethod> _methods = [];
    private readonly GrainReference _prototype;

    /// <exception cref="ArgumentException">The interface has a member that cannot be a grain call; the message lists all of them.</exception>
    public GrainContract(Type type, CallServices services)
    {
        Type = type;
        InterfaceType = GrainInterfaceType.Create(type.FullName ?? type.Name);
        var mistakes = new List<string>();
        foreach (var method in type.GetInterfaces().Prepend(type).SelectMany(part => part.GetMethods(BindingFlags.Instance | BindingFlags.Public)))
        {
            if (GrainMethod.WhyNot(method) is { } mistake)
                mistakes.Add(mistake);
            else
                _methods.Add(method, GrainMethod.Create(this, method, services));
        }

        if (mistakes.Count > 0)
            throw new ArgumentException($"{type} is not a grain interface: {string.Join(" ", mistakes)}");
        _prototype = (GrainReference)DispatchProxy.Create(type, typeof(GrainReference));
    }

    public Type Type { get; }

    public GrainInterfaceType InterfaceType { get; }

    public GrainReference Reference(Activations.IActivationSource source, GrainId grainId) => _prototype.Bind(this, source, grainId);

    public GrainMethod MethodOf(MethodInfo method) => _methods[method];
}

/// <summary>The contracts that have been used, each made once.</summary>
internal sealed class GrainContracts(CallServices services)
{
    private readonly ConcurrentDictionary<Type, GrainContract> _contracts = new();

    /// <exception cref="ArgumentException">The type is not a grain interface.</exception>
    public GrainContract Of(Type type)
    {
        if (_contracts.TryGetValue(type, out var known))
            return known;
        if (!type.IsInterface || !typeof(IAddressable).IsAssignableFrom(type))
            throw new ArgumentException($"{type} is not a grain interface: it must be an interface and derive from {nameof(IGrainWithStringKey)}.");
        return _contracts.GetOrAdd(type, static (key, shared) => new GrainContract(key, shared), services);
    }
}
