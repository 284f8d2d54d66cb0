using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans
{
    /// <summary>
    /// Runs around every request that a grain takes, on the grain's own turn. Filters run in the order of their registration as services; a
    /// grain that implements this interface comes last.
    /// </summary>
    public interface IIncomingGrainCallFilter
    {
        /// <summary>Calls <c>context.Invoke()</c> to go on, or does not, and then sets <c>context.Result</c>.</summary>
        Task Invoke(IIncomingGrainCallContext context);
    }

    /// <summary>One call, as filters see it.</summary>
    public interface IGrainCallContext
    {
        /// <summary>The method and its arguments.</summary>
        IInvokable Request { get; }

        /// <summary>The grain object.</summary>
        object Grain { get; }

        /// <summary>The calling grain; null when the caller is not a grain.</summary>
        GrainId? SourceId { get; }

        GrainId TargetId { get; }

        GrainInterfaceType InterfaceType { get; }

        string InterfaceName { get; }

        string MethodName { get; }

        MethodInfo InterfaceMethod { get; }

        /// <summary>The answer, after <see cref="Invoke"/>; a filter may replace it. Null for methods without one.</summary>
        object? Result { get; set; }

        /// <summary>Runs the next filter, or the method. What the method throws is thrown here.</summary>
        Task Invoke();
    }

    /// <summary>One call at the grain that takes it.</summary>
    public interface IIncomingGrainCallContext : IGrainCallContext
    {
        IGrainContext TargetContext { get; }

        /// <summary>The method of the grain class.</summary>
        MethodInfo ImplementationMethod { get; }
    }
}

namespace Orleans.Serialization.Invocation
{
    /// <summary>A method call as a value: the part of Orleans' interface that filters use.</summary>
    public interface IInvokable
    {
        int GetArgumentCount();

        object? GetArgument(int index);

        void SetArgument(int index, object value);

        string GetMethodName();

        /// <summary>The interface's full name.</summary>
        string GetInterfaceName();

        /// <summary>Interface and method, for logs and traces.</summary>
        string GetActivityName();

        MethodInfo GetMethod();

        Type GetInterfaceType();

        /// <summary>The token that the caller passed; none when the method takes none.</summary>
        CancellationToken GetCancellationToken() => default;
    }
}
