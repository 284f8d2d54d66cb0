using System.Reflection;
using Orleans;
using Orleans.Runtime;
using SmartCommunity.Grains.Contracts;

namespace SmartCommunity.Grains.Tests.Contracts;

/// <summary>Every type that crosses a grain call can travel in a cluster.</summary>
public sealed class SerializationTests
{
    private static readonly Type[] Builtin =
    [
        typeof(string), typeof(bool), typeof(byte), typeof(int), typeof(long), typeof(double), typeof(DateTimeOffset), typeof(TimeSpan), typeof(ReadOnlyMemory<byte>), typeof(void),
    ];

    public static TheoryData<Type> Crossing => [.. CrossingTypes()];

    [Fact]
    public void There_are_types_to_check() => CrossingTypes().Count.ShouldBeGreaterThan(12);

    [Theory]
    [MemberData(nameof(Crossing))]
    public void Carries_orleans_attributes(Type type)
    {
        type.GetCustomAttribute<GenerateSerializerAttribute>().ShouldNotBeNull();
        type.GetCustomAttribute<AliasAttribute>().ShouldNotBeNull();
        if (!type.IsEnum)
        {
            var ids = Members(type).Select(property => property.GetCustomAttribute<IdAttribute>()?.Id).ToArray();
            ids.ShouldNotContain((uint?)null);
            ids.ShouldBeUnique();
        }
    }

    [Theory]
    [MemberData(nameof(Crossing))]
    public void Is_immutable(Type type) =>
        (type.IsEnum || type.GetCustomAttribute<ImmutableAttribute>() is not null || type.Name == "PlaceState").ShouldBeTrue();

    private static HashSet<Type> CrossingTypes()
    {
        var found = new HashSet<Type>();
        var interfaces = typeof(IPlaceGrain).Assembly.GetTypes().Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type));
        foreach (var method in interfaces.SelectMany(type => type.GetMethods()))
        {
            foreach (var type in method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            {
                Collect(type, found);
            }
        }

        Collect(typeof(SmartCommunity.Grains.Places.PlaceState), found);
        return found;
    }

    private static void Collect(Type type, HashSet<Type> found)
    {
        if (type == typeof(Task) || type == typeof(CancellationToken) || Builtin.Contains(type))
        {
            return;
        }

        if (type.IsArray)
        {
            Collect(type.GetElementType()!, found);
        }
        else if (type.IsGenericType)
        {
            Array.ForEach(type.GetGenericArguments(), argument => Collect(argument, found));
        }
        else if (found.Add(type))
        {
            foreach (var property in Members(type))
            {
                Collect(property.PropertyType, found);
            }
        }
    }

    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.IsEnum ? [] : type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != "EqualityContract");
}
