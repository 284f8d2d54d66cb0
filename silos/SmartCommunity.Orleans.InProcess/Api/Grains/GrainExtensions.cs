using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity and references of grains and grain references.</summary>
public static class GrainExtensions
{
    /// <summary>The string key that the grain was addressed with.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>The whole identity: type and key.</summary>
    /// <exception cref="ArgumentException">The object is neither a grain that the host created nor a grain reference.</exception>
    public static GrainId GetGrainId(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        var id = grain switch
        {
            GrainReference reference => reference.GrainId,
            IGrainBase instance => instance.GrainContext?.GrainId ?? default,
            _ => default,
        };
        return id.IsDefault ? throw NotAGrain(grain) : id;
    }

    /// <summary>A reference to the same grain as <typeparamref name="TGrainInterface"/>; how a grain passes itself to others.</summary>
    /// <exception cref="ArgumentException">The object is neither a grain that the host created nor a grain reference, or its class lacks that interface.</exception>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        var reference = grain switch
        {
            GrainReference already => already,
            IGrainBase instance => instance.GrainContext?.GrainReference,
            _ => null,
        };
        return (TGrainInterface)(reference ?? throw NotAGrain(grain)).As(typeof(TGrainInterface));
    }

    /// <inheritdoc cref="AsReference{TGrainInterface}"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    private static ArgumentException NotAGrain(IAddressable grain) =>
        new($"{grain.GetType()} is not a grain that the host created, nor a reference to one.", nameof(grain));
}
