using SmartCommunity.Grains.Contracts;

namespace SmartCommunity.Grains.Places;

/// <summary>Makes the picture of a place that crosses a call.</summary>
internal static class PlaceViews
{
    public static PlaceView Of(PlaceSummary summary, PlaceEngine engine, PlaceMemory memory) => new()
    {
        Summary = summary,
        Devices = [.. engine.Devices.Keys.Select(id => Of(id.Value, memory.Devices.GetValueOrDefault(id)))],
        Conditions =
        [
            .. engine.Rules.Conditions.Select(condition => new ConditionView
            {
                Key = condition.Key,
                Rule = condition.Rule.Value,
                Phase = condition.Phase.ToString(),
                Since = condition.Since,
                Severity = (byte)condition.Severity,
                Devices = [.. condition.Devices.Select(device => device.Id.Value)],
            }),
        ],
    };

    private static DeviceView Of(string id, LiveDevice? device) => new()
    {
        Device = id,
        Online = device?.Online,
        LastSeenAt = device?.LastSeenAt,
        Values = [.. device?.Values ?? []],
    };
}
