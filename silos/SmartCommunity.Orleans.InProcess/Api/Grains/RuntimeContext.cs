namespace Orleans.Runtime;

/// <summary>The activation whose turn the current thread runs; null outside of grains.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static IGrainContext? t_current;

    public static IGrainContext? Current
    {
        get => t_current;
        set => t_current = value;
    }
}
