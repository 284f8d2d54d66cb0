using System.Net;

namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>
/// Decides about every socket before anything is read from it: how many there are, how quickly they come, how many have not signed in, in all and from
/// one address. Thread-safe.
/// </summary>
internal sealed class Admission(MqttServerOptions options, TimeProvider time, LimitMonitor monitor)
{
    private readonly Lock _lock = new();
    private readonly AddressTable _addresses = new(options, time.TimestampFrequency);
    private readonly TokenBucket _connects = new(options.ConnectRate, options.ConnectBurst, time.TimestampFrequency);
    private int _connections;
    private int _unauthenticated;
    private int _refusals;

    /// <summary>Connections that are open and not being refused.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Of those, the ones that have not signed in.</summary>
    public int Unauthenticated => Volatile.Read(ref _unauthenticated);

    /// <summary>Addresses that are remembered.</summary>
    public int Addresses
    {
        get
        {
            lock (_lock) return _addresses.Count;
        }
    }

    /// <summary>Takes a socket, or says which limit it meets. Whoever gets a ticket disposes of it when the socket is gone.</summary>
    public AdmissionTicket Admit(EndPoint? remote)
    {
        var ticket = Decide(AddressKey.Of(remote));
        if (ticket.Refusal is { } limit) monitor.Reached(limit, remote?.ToString() ?? "?", Value(limit));
        return ticket;
    }

    /// <summary>The client of this ticket has signed in.</summary>
    public void SignedIn(AdmissionTicket ticket)
    {
        lock (_lock) EndSignIn(ticket);
    }

    /// <summary>Whether the address of this ticket has so many wrong credentials under way that none of it are looked at now.</summary>
    public bool IsGuessing(AdmissionTicket ticket)
    {
        lock (_lock) return ticket.Address is { } address && address.HeldRefusals >= options.MaxHeldRefusalsPerAddress;
    }

    /// <summary>The client of this ticket showed wrong credentials.</summary>
    /// <returns>How long to hold the refusal back; call <see cref="Answered"/> after it. Zero: not at all.</returns>
    public TimeSpan SignInFailed(AdmissionTicket ticket)
    {
        lock (_lock)
        {
            if (ticket.Address is not { } address || address.Failures.TryTake(time.GetTimestamp())) return TimeSpan.Zero;
            address.HeldRefusals++;
            return options.FailedSignInDelay;
        }
    }

    /// <summary>A refusal that was held back has been answered, or its client has gone.</summary>
    public void Answered(AdmissionTicket ticket)
    {
        lock (_lock) ticket.Address!.HeldRefusals--;
    }

    internal void Release(AdmissionTicket ticket)
    {
        lock (_lock)
        {
            if (ticket.IsReleased) return;
            ticket.IsReleased = true;
            if (ticket.Address is not { } address)
            {
                if (ticket.MayBeTold) _refusals--;
                return;
            }

            EndSignIn(ticket);
            _connections--;
            address.Connections--;
            _addresses.Touch(address);
        }
    }

    private AdmissionTicket Decide(AddressKey key)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var address = _addresses.Get(key, now);
            var refusal = address is null ? Limit.Addresses : FirstReached(address, now);
            if (refusal is null)
            {
                _connections++;
                _unauthenticated++;
                address!.Connections++;
                address.Unauthenticated++;
                _addresses.Touch(address);
                return new AdmissionTicket(this, address, refusal: null, mayBeTold: false);
            }

            // A client that can be told why will wait; a flood is not worth the reading.
            var mayBeTold = _refusals < options.MaxRefusalsAtOnce;
            if (mayBeTold) _refusals++;
            return new AdmissionTicket(this, address: null, refusal, mayBeTold);
        }
    }

    private Limit? FirstReached(AddressState address, long now)
    {
        if (_connections >= options.MaxConnections) return Limit.Connections;
        if (address.Connections >= options.MaxConnectionsPerAddress) return Limit.ConnectionsPerAddress;
        if (_unauthenticated >= options.MaxUnauthenticated) return Limit.Unauthenticated;
        if (address.Unauthenticated >= options.MaxUnauthenticatedPerAddress) return Limit.UnauthenticatedPerAddress;
        // The address first: who is refused by its own limit takes nothing from the others'.
        if (!address.Connects.TryTake(now)) return Limit.ConnectRatePerAddress;
        return _connects.TryTake(now) ? null : Limit.ConnectRate;
    }

    private void EndSignIn(AdmissionTicket ticket)
    {
        if (ticket.HasSignedIn || ticket.Address is not { } address) return;
        ticket.HasSignedIn = true;
        _unauthenticated--;
        address.Unauthenticated--;
    }

    private string Value(Limit limit) => limit switch
    {
        Limit.Connections => $"{options.MaxConnections}",
        Limit.ConnectionsPerAddress => $"{options.MaxConnectionsPerAddress}",
        Limit.Unauthenticated => $"{options.MaxUnauthenticated}",
        Limit.UnauthenticatedPerAddress => $"{options.MaxUnauthenticatedPerAddress}",
        Limit.ConnectRate => $"{options.ConnectRate}/s",
        Limit.ConnectRatePerAddress => $"{options.ConnectRatePerAddress}/s",
        _ => $"{options.MaxAddresses}",
    };
}
