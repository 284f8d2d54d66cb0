using System.Collections.Immutable;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Mqtt.Server;

namespace SmartCommunity.Host.Edge.Accounts;

/// <summary>Ends at the endpoint what may not be any more. Used by one caller at a time.</summary>
internal sealed class Revocations(MqttEndpoint endpoint, CommunityDirectory directory)
{
    private ImmutableArray<CommunitySnapshot> _communities = directory.Communities;

    /// <summary>Closes connections, forgets sessions, and looks at subscriptions again.</summary>
    /// <exception cref="IOException">What was forgotten could not be written down; the connections are closed all the same.</exception>
    public async Task ApplyAsync(BookChange change, CancellationToken cancellationToken)
    {
        // All connections first, and side by side: nothing more goes to whoever may not have it, however long the rest takes.
        var closing = change.Revoked.Select(token => endpoint.DisconnectCredentialAsync(token, cancellationToken))
            .Concat(change.Suspended.Concat(change.Unnamed).Select(name => endpoint.DisconnectAccountAsync(name, cancellationToken)));
        await Task.WhenAll(closing.ToList());
        foreach (var name in change.Lost)
        {
            await endpoint.ForgetAccountAsync(name, cancellationToken);
        }

        foreach (var name in change.Restricted)
        {
            await endpoint.ReauthorizeAsync(name, cancellationToken);
        }
    }

    /// <summary>Forgets the devices that are in no community any more since the last call.</summary>
    /// <exception cref="IOException">As above.</exception>
    public async Task ForgetRemovedDevicesAsync(CancellationToken cancellationToken)
    {
        var communities = directory.Communities;
        if (communities == _communities)
        {
            return;
        }

        var removed = DevicesOf(_communities).Except(DevicesOf(communities)).ToList();
        _communities = communities;
        foreach (var device in removed)
        {
            await endpoint.ForgetAccountAsync(device.Value, cancellationToken);
        }
    }

    private static IEnumerable<DeviceId> DevicesOf(ImmutableArray<CommunitySnapshot> communities) => communities.SelectMany(community => community.Devices.Keys);
}
