using System.Collections.Frozen;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Rules.Places;

namespace SmartCommunity.Grains.Places;

/// <summary>One place's live picture and rules: takes what devices say, without any waiting.</summary>
internal sealed class PlaceEngine(PlaceMemory memory, PlaceRules rules, FrozenDictionary<DeviceId, DeviceFacts> devices)
{
    /// <summary>The devices of this place.</summary>
    public FrozenDictionary<DeviceId, DeviceFacts> Devices { get; } = devices;

    /// <summary>The rules of this place.</summary>
    public PlaceRules Rules { get; } = rules;

    /// <summary>Takes what one message says of this place's devices; what it says of others is theirs.</summary>
    public void Take(EventBatch batch, string gateway, long sequence, PlaceOutput output)
    {
        var speaker = default(DeviceId);
        LiveDevice? device = null;
        foreach (var sample in batch.Samples)
        {
            // A message mostly speaks for one device, which is then looked up once.
            if (sample.Device != speaker)
            {
                speaker = sample.Device;
                device = Devices.ContainsKey(speaker) ? Hear(speaker, batch.ReceivedAt, online: true, output) : null;
            }

            if (device is not null)
            {
                device.Take(sample);
                output.Samples.Add(sample);
                Rules.Observe(sample, output.Changes);
            }
        }

        if (batch.Events.Count == 0)
        {
            return;
        }

        foreach (var item in batch.IdentifiedEvents(GatewayId.FromTrusted(gateway), sequence))
        {
            if (Devices.TryGetValue(item.Device, out var facts))
            {
                var sender = Hear(item.Device, batch.ReceivedAt, item.Kind != EventKind.DeviceOffline, output);
                if (sender.Remember(item.Id))
                {
                    output.Events.Add(new(item, facts.Community, batch.ReceivedAt));
                    Rules.Observe(item, output.Changes);
                }
            }
        }
    }

    /// <summary>Time passes: confirm windows, holds and silence.</summary>
    public void Advance(DateTimeOffset now, PlaceOutput output)
    {
        var before = output.Changes.Count;
        Rules.Advance(now, output.Changes);
        for (var i = before; i < output.Changes.Count; i++)
        {
            MarkSilent(output.Changes[i], output);
        }
    }

    private LiveDevice Hear(DeviceId id, DateTimeOffset receivedAt, bool online, PlaceOutput output)
    {
        var device = memory.Device(id);
        if (device.Online != online)
        {
            device.Online = online;
            output.ChangedDevices.Add(id);
        }

        device.LastSeenAt = receivedAt;
        return device;
    }

    private void MarkSilent(ConditionChange change, PlaceOutput output)
    {
        if (change.Kind != EventKinds.NameOf(EventKind.DeviceOffline) || change.To != ConditionPhase.Active)
        {
            return;
        }

        foreach (var facts in change.Devices)
        {
            memory.Device(facts.Id).Online = false;
            output.ChangedDevices.Add(facts.Id);
        }
    }
}
