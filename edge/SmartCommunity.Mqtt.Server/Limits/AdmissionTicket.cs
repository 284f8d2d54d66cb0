using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>One socket's place in the limits. Given back once, when the socket is gone.</summary>
internal sealed class AdmissionTicket(Admission admission, AddressState? address, Limit? refusal, bool mayBeTold) : IDisposable
{
    /// <summary>Null when it was refused.</summary>
    public AddressState? Address => address;

    /// <summary>The limit that it met; null when it was taken.</summary>
    public Limit? Refusal => refusal;

    /// <summary>Whether its CONNECT is read, so that a CONNACK can say why; otherwise it is closed at once.</summary>
    public bool MayBeTold => mayBeTold;

    /// <summary>Touched by <see cref="Admission"/> only.</summary>
    public bool HasSignedIn { get; set; }

    /// <summary>Touched by <see cref="Admission"/> only.</summary>
    public bool IsReleased { get; set; }

    /// <summary>What CONNACK says.</summary>
    public ReasonCode Reason => refusal switch
    {
        null => ReasonCode.Success,
        Limit.ConnectRate or Limit.ConnectRatePerAddress => ReasonCode.ConnectionRateExceeded,
        Limit.ConnectionsPerAddress or Limit.UnauthenticatedPerAddress => ReasonCode.QuotaExceeded,
        _ => ReasonCode.ServerBusy,
    };

    public void SignedIn() => admission.SignedIn(this);

    public void Dispose() => admission.Release(this);
}
