using System.Reflection;
using System.Runtime.CompilerServices;

namespace SmartCommunity.Orleans.InProcess.State;

/// <summary>Makes the state of a grain that has stored none.</summary>
internal static class NewState
{
    /// <summary>With the parameterless constructor where there is one; else an object without any constructor run, as Orleans does; null for strings and arrays.</summary>
    public static T Of<T>()
    {
        var type = typeof(T);
        if (type.IsValueType || type.IsArray || type.IsAbstract || type == typeof(string))
            return default!;
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        return type.GetConstructor(Any, Type.EmptyTypes) is null
            ? (T)RuntimeHelpers.GetUninitializedObject(type)
            : (T)Activator.CreateInstance(type, nonPublic: true)!;
    }
}
