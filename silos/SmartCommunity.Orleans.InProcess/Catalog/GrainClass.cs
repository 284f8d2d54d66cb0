using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Activations;

namespace SmartCommunity.Orleans.InProcess.Catalog;

/// <summary>A grain class: its name, its rules, and how one is made.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<MethodInfo, MethodInfo> _implementations = new();
    private readonly Lazy<GrainConstructor> _constructor;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? ConventionalName(type));
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        FiltersCalls = typeof(IIncomingGrainCallFilter).IsAssignableFrom(type);
        Tag = new("grain", GrainType.ToString());
        _constructor = new(() => new GrainConstructor(type));
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool Reentrant { get; }

    /// <summary>Whether the grain is a call filter of its own.</summary>
    public bool FiltersCalls { get; }

    /// <summary>The tag that its metrics carry.</summary>
    public KeyValuePair<string, object?> Tag { get; }

    public bool Implements(Type contract) => contract.IsAssignableFrom(Type);

    /// <summary>Whether this is a class that the host can activate.</summary>
    public static bool Is(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && typeof(IGrainBase).IsAssignableFrom(type)
        && typeof(IGrainWithStringKey).IsAssignableFrom(type);

    /// <summary>Makes the grain object, and the states that its constructor takes.</summary>
    public object Create(Activation activation) => _constructor.Value.Create(activation);

    public MethodInfo ImplementationOf(MethodInfo interfaceMethod) => _implementations.GetOrAdd(interfaceMethod, static (method, type) =>
    {
        var map = type.GetInterfaceMap(method.DeclaringType!);
        return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, method)];
    }, Type);

    /// <summary>Orleans' convention: the class name in lower case, without "grain" at its end.</summary>
    private static string ConventionalName(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.Length > "grain".Length && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^"grain".Length] : name;
    }
}
