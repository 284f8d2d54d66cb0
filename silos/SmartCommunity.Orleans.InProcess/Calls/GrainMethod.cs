using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace SmartCommunity.Orleans.InProcess.Calls;

/// <summary>One method of a grain interface: how it is sent, and how it is run.</summary>
internal abstract class GrainMethod
{
    protected GrainMethod(GrainContract contract, MethodInfo method, CallServices services)
    {
        Contract = contract;
        Method = method;
        Services = services;
        Name = $"{contract.Type.Name}.{method.Name}";
        Interleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        OneWay = method.IsDefined(typeof(OneWayAttribute));
        TokenIndex = Array.FindIndex(method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken));
    }

    public GrainContract Contract { get; }

    public MethodInfo Method { get; }

    public CallServices Services { get; }

    /// <summary>Interface and method, for messages.</summary>
    public string Name { get; }

    public bool Interleaves { get; }

    public bool ReadOnly { get; }

    public bool OneWay { get; }

    /// <summary>Which argument is the cancellation token; -1 when there is none.</summary>
    public int TokenIndex { get; }

    public static GrainMethod Create(GrainContract contract, MethodInfo method, CallServices services)
    {
        var returns = method.ReturnType;
        var result = returns.IsGenericType ? returns.GetGenericArguments()[0] : typeof(Nothing);
        var type = typeof(GrainMethod<>).MakeGenericType(result);
        return (GrainMethod)Activator.CreateInstance(type, contract, method, services)!;
    }

    /// <summary>Why this cannot be a grain call, as a sentence; null when it can.</summary>
    public static string? WhyNot(MethodInfo method)
    {
        var name = $"{method.DeclaringType?.Name}.{method.Name}";
        if (method.IsGenericMethodDefinition)
            return $"{name} is generic.";
        if (method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef))
            return $"{name} has a ref, in or out parameter.";
        var returns = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType;
        return returns == typeof(Task) || returns == typeof(ValueTask) || returns == typeof(Task<>) || returns == typeof(ValueTask<>)
            ? null
            : $"{name} must return Task, Task<T>, ValueTask or ValueTask<T>.";
    }

    /// <summary>Sends a call, and returns what the interface's method returns.</summary>
    public abstract object Send(GrainReference target, object?[] arguments);
}

/// <summary>The result of methods that have none.</summary>
internal readonly struct Nothing;
