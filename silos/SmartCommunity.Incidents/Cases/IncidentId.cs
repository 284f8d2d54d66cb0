using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Incidents.Cases;

/// <summary>A case. Derived from what raised it, so that a replay finds the case instead of opening a second one.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<IncidentId>))]
public readonly record struct IncidentId : IIdentifier<IncidentId>
{
    private IncidentId(string value) => Value = value;

    /// <inheritdoc/>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public static IncidentId FromTrusted(string value) => new(value);

    /// <summary>The id of the case that a rule raises for a key because of a first cause. 80 bits of SHA-256, in hexadecimal.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="key">The dedup key.</param>
    /// <param name="firstCause">The first event (or sample) of the occurrence.</param>
    public static IncidentId Derive(RuleId rule, string key, string firstCause)
    {
        // Lengths in front, so that no two different triples can read the same.
        var text = $"{rule.Value.Length}:{rule.Value}{key.Length}:{key}{firstCause}";
        return new("i-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 10)));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
