using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace SmartCommunity.Orleans.InProcess.Catalog;

/// <summary>The grain classes of this host.</summary>
internal sealed class GrainCatalog
{
    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly ConcurrentDictionary<(Type Contract, string? Prefix), GrainClass> _byContract = new();

    /// <exception cref="InvalidOperationException">Two classes have the same grain type.</exception>
    public GrainCatalog(IEnumerable<Assembly> assemblies)
    {
        foreach (var type in assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()).Where(GrainClass.Is))
        {
            var found = new GrainClass(type);
            if (!_byType.TryAdd(found.GrainType, found))
                throw new InvalidOperationException(
                    $"{type} and {_byType[found.GrainType].Type} have the same grain type \"{found.GrainType}\"; give one of them a [GrainType].");
        }
    }

    public int Count => _byType.Count;

    public GrainClass? Find(GrainType type) => _byType.GetValueOrDefault(type);

    /// <exception cref="ArgumentException">No class has this grain type.</exception>
    public GrainClass Of(GrainType type) =>
        Find(type) ?? throw new ArgumentException($"No grain class has the grain type \"{type}\". Known: {string.Join(", ", _byType.Keys)}.");

    /// <summary>The class that implements the interface.</summary>
    /// <param name="contract">The grain interface.</param>
    /// <param name="classNamePrefix">How the full class name begins; null when the interface alone decides.</param>
    /// <exception cref="ArgumentException">No class, or more than one, does.</exception>
    public GrainClass Of(Type contract, string? classNamePrefix)
    {
        if (_byContract.TryGetValue((contract, classNamePrefix), out var known))
            return known;
        var fitting = _byType.Values
            .Where(candidate => candidate.Implements(contract))
            .Where(candidate => classNamePrefix is null || candidate.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))
            .ToList();
        if (fitting.Count != 1)
            throw new ArgumentException(fitting.Count == 0
                ? $"No grain class implements {contract}. Is its assembly among {nameof(InProcessGrainOptions)}.{nameof(InProcessGrainOptions.Assemblies)}?"
                : $"Several grain classes implement {contract}: {string.Join(", ", fitting.Select(found => found.Type))}. Name one by its prefix.");
        return _byContract[(contract, classNamePrefix)] = fitting[0];
    }
}
