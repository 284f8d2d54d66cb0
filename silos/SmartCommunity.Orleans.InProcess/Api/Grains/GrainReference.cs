using System.Reflection;
using SmartCommunity.Orleans.InProcess.Activations;
using SmartCommunity.Orleans.InProcess.Calls;

namespace Orleans.Runtime;

/// <summary>
/// A reference to a grain. References that come from the factory also implement the grain's interface; their methods send the call.
/// Two references are equal when they mean the same grain.
/// </summary>
public class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>
{
    private GrainContract? _contract;
    private IActivationSource? _source;
    private Activation? _lastSeen;

    /// <summary>The identity of the grain.</summary>
    public GrainId GrainId { get; private set; }

    /// <summary>The interface that this reference implements.</summary>
    public GrainInterfaceType InterfaceType => _contract?.InterfaceType ?? default;

    public bool Equals(GrainReference? other) => other is not null && GrainId == other.GrainId;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"GrainReference: {GrainId}";

    /// <summary>A copy of this reference, made from a prototype of the interface's proxy, that is bound to one grain.</summary>
    internal GrainReference Bind(GrainContract? contract, IActivationSource source, GrainId grainId)
    {
        var bound = (GrainReference)MemberwiseClone();
        bound._contract = contract;
        bound._source = source;
        bound.GrainId = grainId;
        return bound;
    }

    /// <summary>The same grain as another of its interfaces.</summary>
    internal object As(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : Source.Reference(GrainId, interfaceType);

    /// <summary>Hands a turn to the grain's activation, and remembers which one that was: the next call finds it without a lookup.</summary>
    internal void Send(Turn turn) => _lastSeen = Source.Send(GrainId, turn, _lastSeen);

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _contract!.MethodOf(targetMethod!).Send(this, args ?? []);

    private IActivationSource Source => _source ?? throw new InvalidOperationException("The reference was not made by a grain factory.");
}
