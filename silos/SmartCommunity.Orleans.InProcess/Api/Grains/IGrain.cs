using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Whatever can be addressed by a grain call: grain references, and grains through their own reference.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>Marks grain interfaces. An interface of ours derives from one of the keyed ones below.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain that is identified by a string.</summary>
    public interface IGrainWithStringKey : IGrain;
}
