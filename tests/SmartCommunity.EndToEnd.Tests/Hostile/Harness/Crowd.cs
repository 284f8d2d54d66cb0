using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.EndToEnd.Tests.Hostile.Harness;

/// <summary>Many connections that end together.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly List<PeerConnection> _peers = [];

    public IReadOnlyList<PeerConnection> Peers => _peers;

    public PeerConnection Add(PeerConnection peer)
    {
        _peers.Add(peer);
        return peer;
    }

    /// <summary>All of them vanish without a goodbye.</summary>
    public void Vanish() => _peers.ForEach(peer => peer.Reset());

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers) await peer.DisposeAsync();
    }
}
