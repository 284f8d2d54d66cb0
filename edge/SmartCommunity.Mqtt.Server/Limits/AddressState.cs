namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>What the endpoint remembers of one address. Its counts are touched under the lock of <see cref="Admission"/>.</summary>
internal sealed class AddressState(AddressKey key, MqttServerOptions options, long ticksPerSecond)
{
    public AddressKey Key => key;

    /// <summary>Sockets that are open, signed in or not.</summary>
    public int Connections { get; set; }

    /// <summary>Sockets that have not signed in yet.</summary>
    public int Unauthenticated { get; set; }

    /// <summary>Refusals of wrong credentials that are being held back.</summary>
    public int HeldRefusals { get; set; }

    public TokenBucket Connects { get; } = new(options.ConnectRatePerAddress, options.ConnectBurstPerAddress, ticksPerSecond);

    public TokenBucket Failures { get; } = new(options.FailedSignInsPerSecondPerAddress, options.FailedSignInBurstPerAddress, ticksPerSecond);

    /// <summary>Its place among the addresses without connections, oldest first; null while it has some.</summary>
    public LinkedListNode<AddressState>? Idle { get; set; }
}
