namespace SmartCommunity.Mqtt.Topics;

/// <summary>The parts of a shared subscription's filter <c>$share/{name}/{filter}</c> (MQTT 5.0 section 4.8.2).</summary>
/// <param name="ShareName">The group that shares the messages.</param>
/// <param name="Filter">The filter that the group listens to.</param>
public readonly record struct SharedFilter(string ShareName, string Filter)
{
    /// <summary>Splits a valid filter; false when it is not a shared one.</summary>
    public static bool TryParse(string filter, out SharedFilter shared)
    {
        const string Prefix = "$share/";
        shared = default;
        if (!filter.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var slash = filter.IndexOf('/', Prefix.Length);
        if (slash <= Prefix.Length || slash == filter.Length - 1) return false;
        shared = new SharedFilter(filter[Prefix.Length..slash], filter[(slash + 1)..]);
        return true;
    }
}
