using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SmartCommunity.Api.SignIn;

/// <summary>
/// Bounds failed sign-ins per address: a bucket of attempts that refills over a minute. A success gives its attempt back, so that an office
/// behind one address is not kept out by signing in.
/// </summary>
internal sealed class FailureThrottle(TimeProvider time, ApiOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Bucket> _buckets = [];

    /// <summary>Takes an attempt, or says how long to wait for one.</summary>
    public bool TryTake(IPAddress? address, out TimeSpan wait)
    {
        lock (_lock)
        {
            ref var bucket = ref Fill(Subject(address));
            wait = bucket.Attempts >= 1 ? TimeSpan.Zero : TimeSpan.FromMinutes((1 - bucket.Attempts) / options.FailedSignInsPerMinute);
            bucket.Attempts -= bucket.Attempts >= 1 ? 1 : 0;
            return wait == TimeSpan.Zero;
        }
    }

    /// <summary>Gives an attempt back.</summary>
    public void GiveBack(IPAddress? address)
    {
        lock (_lock)
        {
            ref var bucket = ref Fill(Subject(address));
            bucket.Attempts = Math.Min(options.FailedSignInsPerMinute, bucket.Attempts + 1);
        }
    }

    private ref Bucket Fill(IPAddress subject)
    {
        if (_buckets.Count >= options.MaxRememberedAddresses && !_buckets.ContainsKey(subject))
        {
            ForgetTheQuietest();
        }

        var now = time.GetTimestamp();
        ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, subject, out var exists);
        var refilled = exists ? bucket.Attempts + (time.GetElapsedTime(bucket.At, now).TotalMinutes * options.FailedSignInsPerMinute) : double.MaxValue;
        bucket = new(Math.Min(options.FailedSignInsPerMinute, refilled), now);
        return ref bucket;
    }

    // Whoever has most attempts left is the least suspicious.
    private void ForgetTheQuietest()
    {
        var quietest = _buckets.OrderByDescending(item => item.Value.Attempts).Take(options.MaxRememberedAddresses / 4).Select(item => item.Key).ToList();
        foreach (var quiet in quietest)
        {
            _buckets.Remove(quiet);
        }
    }

    // One subscriber usually has a whole /64 of IPv6 addresses.
    private static IPAddress Subject(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address ?? IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new(bytes);
    }

    private record struct Bucket(double Attempts, long At);
}
