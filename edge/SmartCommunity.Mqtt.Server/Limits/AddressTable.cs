namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>
/// The addresses that have connections, and those that had some a while ago. It holds so many at most: the one that has been without connections for the
/// longest goes first. Not thread-safe.
/// </summary>
internal sealed class AddressTable(MqttServerOptions options, long ticksPerSecond)
{
    private readonly Dictionary<AddressKey, AddressState> _states = [];
    private readonly LinkedList<AddressState> _idle = [];

    public int Count => _states.Count;

    /// <summary>The state of an address; null when the table is full of addresses that have connections.</summary>
    public AddressState? Get(AddressKey key, long now)
    {
        ForgetFull(now);
        if (_states.TryGetValue(key, out var known)) return known;
        if (_states.Count >= options.MaxAddresses)
        {
            if (_idle.First is not { } oldest) return null;
            Forget(oldest.Value);
        }

        var fresh = new AddressState(key, options, ticksPerSecond);
        _states.Add(key, fresh);
        Touch(fresh);
        return fresh;
    }

    /// <summary>The connections of an address changed.</summary>
    public void Touch(AddressState state)
    {
        if (state.Idle is { } node) _idle.Remove(node);
        state.Idle = state.Connections == 0 ? _idle.AddLast(state) : null;
    }

    // Two of the oldest at each look, so that the table shrinks without a sweep.
    private void ForgetFull(long now)
    {
        for (var i = 0; i < 2 && _idle.First is { Value: var oldest } && oldest.Connects.IsFull(now) && oldest.Failures.IsFull(now); i++) Forget(oldest);
    }

    private void Forget(AddressState state)
    {
        _idle.Remove(state.Idle!);
        state.Idle = null;
        _states.Remove(state.Key);
    }
}
