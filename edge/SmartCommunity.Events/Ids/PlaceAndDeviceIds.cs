using System.Text.Json.Serialization;

namespace SmartCommunity.Events.Ids;

/// <summary>A community (社区).</summary>
[JsonConverter(typeof(IdentifierJsonConverter<CommunityId>))]
public readonly record struct CommunityId : IIdentifier<CommunityId>
{
    private CommunityId(string value) => Value = value;

    /// <inheritdoc/>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public static CommunityId FromTrusted(string value)
    {
        Identifier.AssertTrusted(value);
        return new(value);
    }

    /// <summary>Checks and wraps a text; see <see cref="Identifier"/>.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static CommunityId Parse(string? value) => Identifier.Parse<CommunityId>(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A grid (网格) of a community; unique within the deployment.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<GridId>))]
public readonly record struct GridId : IIdentifier<GridId>
{
    private GridId(string value) => Value = value;

    /// <inheritdoc/>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public static GridId FromTrusted(string value)
    {
        Identifier.AssertTrusted(value);
        return new(value);
    }

    /// <summary>Checks and wraps a text; see <see cref="Identifier"/>.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static GridId Parse(string? value) => Identifier.Parse<GridId>(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A building (楼栋); unique within the deployment.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<BuildingId>))]
public readonly record struct BuildingId : IIdentifier<BuildingId>
{
    private BuildingId(string value) => Value = value;

    /// <inheritdoc/>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public static BuildingId FromTrusted(string value)
    {
        Identifier.AssertTrusted(value);
        return new(value);
    }

    /// <summary>Checks and wraps a text; see <see cref="Identifier"/>.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static BuildingId Parse(string? value) => Identifier.Parse<BuildingId>(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A zone (区域): a gate, lane, fire lane, garage or playground; unique within the deployment.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<ZoneId>))]
public readonly record struct ZoneId : IIdentifier<ZoneId>
{
    private ZoneId(string value) => Value = value;

    /// <inheritdoc/>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public static ZoneId FromTrusted(string value)
    {
        Identifier.AssertTrusted(value);
        return new(value);
    }

    /// <summary>Checks and wraps a text; see <see cref="Identifier"/>.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static ZoneId Parse(string? value) => Identifier.Parse<ZoneId>(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A device; it is also the MQTT user name. Unique within the deployment.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<DeviceId>))]
public readonly record struct DeviceId : IIdentifier<DeviceId>
{
    private DeviceId(string value) => Value = value;

    /// <inheritdoc/>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public static DeviceId FromTrusted(string value)
    {
        Identifier.AssertTrusted(value);
        return new(value);
    }

    /// <summary>Checks and wraps a text; see <see cref="Identifier"/>.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static DeviceId Parse(string? value) => Identifier.Parse<DeviceId>(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A person who signs in.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<PersonId>))]
public readonly record struct PersonId : IIdentifier<PersonId>
{
    private PersonId(string value) => Value = value;

    /// <inheritdoc/>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public static PersonId FromTrusted(string value)
    {
        Identifier.AssertTrusted(value);
        return new(value);
    }

    /// <summary>Checks and wraps a text; see <see cref="Identifier"/>.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static PersonId Parse(string? value) => Identifier.Parse<PersonId>(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An edge gateway; sequences count per gateway.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<GatewayId>))]
public readonly record struct GatewayId : IIdentifier<GatewayId>
{
    private GatewayId(string value) => Value = value;

    /// <inheritdoc/>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public static GatewayId FromTrusted(string value)
    {
        Identifier.AssertTrusted(value);
        return new(value);
    }

    /// <summary>Checks and wraps a text; see <see cref="Identifier"/>.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static GatewayId Parse(string? value) => Identifier.Parse<GatewayId>(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A rule of a community.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<RuleId>))]
public readonly record struct RuleId : IIdentifier<RuleId>
{
    private RuleId(string value) => Value = value;

    /// <inheritdoc/>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public static RuleId FromTrusted(string value)
    {
        Identifier.AssertTrusted(value);
        return new(value);
    }

    /// <summary>Checks and wraps a text; see <see cref="Identifier"/>.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static RuleId Parse(string? value) => Identifier.Parse<RuleId>(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
