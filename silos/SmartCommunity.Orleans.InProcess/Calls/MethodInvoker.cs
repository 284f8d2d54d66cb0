using System.Linq.Expressions;
using System.Reflection;

namespace SmartCommunity.Orleans.InProcess.Calls;

/// <summary>Compiles a grain method into a delegate, so that a call needs no reflection.</summary>
internal static class MethodInvoker
{
    /// <summary><c>(grain, arguments) => From(((IInterface)grain).Method((T0)arguments[0], …))</c>.</summary>
    public static Func<object, object?[], ValueTask<TResult>> Compile<TResult>(MethodInfo method)
    {
        var grain = Expression.Parameter(typeof(object), "grain");
        var arguments = Expression.Parameter(typeof(object?[]), "arguments");
        var values = method.GetParameters().Select((parameter, index) =>
            (Expression)Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), parameter.ParameterType));
        var call = Expression.Call(Expression.Convert(grain, method.DeclaringType!), method, values);
        var from = typeof(MethodInvoker).GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
            .Where(candidate => candidate.Name == nameof(From))
            .Select(candidate => candidate.IsGenericMethodDefinition ? candidate.MakeGenericMethod(typeof(TResult)) : candidate)
            .Single(candidate => candidate.GetParameters()[0].ParameterType == method.ReturnType);
        return Expression.Lambda<Func<object, object?[], ValueTask<TResult>>>(Expression.Call(from, call), grain, arguments).Compile();
    }

    private static ValueTask<TResult> From<TResult>(ValueTask<TResult> task) => task;

    private static ValueTask<TResult> From<TResult>(Task<TResult>? task) => new(task ?? throw NoTask());

    private static ValueTask<Nothing> From(ValueTask task) => task.IsCompletedSuccessfully ? default : Completing(task);

    private static ValueTask<Nothing> From(Task? task) => (task ?? throw NoTask()).IsCompletedSuccessfully ? default : Completing(new(task));

    private static async ValueTask<Nothing> Completing(ValueTask task)
    {
        await task;
        return default;
    }

    private static InvalidOperationException NoTask() => new("The grain method returned null instead of a task.");
}
