using System.Collections.Concurrent;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Client.Subscribing;

/// <summary>SUBSCRIBEs and UNSUBSCRIBEs that wait for their answer. Their identifiers lie above those of the publish window: 60,001 to 65,535.</summary>
internal sealed class PendingAnswers
{
    private const int FirstId = 60_001;
    private const int Ids = ushort.MaxValue - FirstId + 1;
    private readonly ConcurrentDictionary<ushort, TaskCompletionSource<IReadOnlyList<ReasonCode>>> _waiting = new();
    private int _last;
    private Exception? _failure;

    /// <summary>Starts to wait for an answer.</summary>
    public Task<IReadOnlyList<ReasonCode>> Add(out ushort packetId)
    {
        var answer = new TaskCompletionSource<IReadOnlyList<ReasonCode>>(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var tries = 0; tries < Ids; tries++)
        {
            packetId = (ushort)(FirstId + ((Interlocked.Increment(ref _last) & int.MaxValue) % Ids));
            if (!_waiting.TryAdd(packetId, answer)) continue;
            if (Volatile.Read(ref _failure) is { } failure) answer.TrySetException(failure);
            return answer.Task;
        }

        throw new InvalidOperationException($"{Ids} SUBSCRIBEs are without an answer.");
    }

    /// <summary>Hands an answer on; false when nobody asked.</summary>
    public bool Complete(ushort packetId, IReadOnlyList<ReasonCode> reasons) => _waiting.TryRemove(packetId, out var answer) && answer.TrySetResult(reasons);

    /// <summary>Stops waiting for one answer.</summary>
    public void Forget(ushort packetId) => _waiting.TryRemove(packetId, out _);

    /// <summary>Fails all that wait, and all that will.</summary>
    public void Fail(Exception cause)
    {
        Volatile.Write(ref _failure, cause);
        foreach (var id in _waiting.Keys)
        {
            if (_waiting.TryRemove(id, out var answer)) answer.TrySetException(cause);
        }
    }
}
