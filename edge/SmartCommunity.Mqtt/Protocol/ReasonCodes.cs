using System.Buffers;

namespace SmartCommunity.Mqtt.Protocol;

/// <summary>Which reason codes each packet may carry (MQTT 5.0 table 2-6), and the return codes of MQTT 3.1.1's CONNACK.</summary>
public static class ReasonCodes
{
    private static readonly SearchValues<byte> ConnAck = SearchValues.Create(
    [
        0x00, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9F,
    ]);

    private static readonly SearchValues<byte> Received = SearchValues.Create([0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99]);
    private static readonly SearchValues<byte> Released = SearchValues.Create([0x00, 0x92]);
    private static readonly SearchValues<byte> SubAck = SearchValues.Create([0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2]);
    private static readonly SearchValues<byte> UnsubAck = SearchValues.Create([0x00, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91]);

    private static readonly SearchValues<byte> Disconnect = SearchValues.Create(
    [
        0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B,
        0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2,
    ]);

    private static readonly SearchValues<byte> Auth = SearchValues.Create([0x00, 0x18, 0x19]);

    /// <summary>Whether the code means that the operation failed.</summary>
    public static bool IsError(this ReasonCode code) => (byte)code >= 0x80;

    /// <summary>Whether MQTT 5.0 allows the code in packets of this type.</summary>
    public static bool IsAllowedIn(this ReasonCode code, PacketType type) => type switch
    {
        PacketType.ConnAck => ConnAck.Contains((byte)code),
        PacketType.PubAck or PacketType.PubRec => Received.Contains((byte)code),
        PacketType.PubRel or PacketType.PubComp => Released.Contains((byte)code),
        PacketType.SubAck => SubAck.Contains((byte)code),
        PacketType.UnsubAck => UnsubAck.Contains((byte)code),
        PacketType.Disconnect => Disconnect.Contains((byte)code),
        PacketType.Auth => Auth.Contains((byte)code),
        _ => false,
    };

    /// <summary>The MQTT 3.1.1 CONNACK return code (section 3.2.2.3) that says most nearly the same: 0 to 5.</summary>
    public static byte ToReturnCode(this ReasonCode code) => code switch
    {
        ReasonCode.Success => 0,
        ReasonCode.UnsupportedProtocolVersion => 1,
        ReasonCode.ClientIdentifierNotValid => 2,
        ReasonCode.BadUserNameOrPassword => 4,
        ReasonCode.NotAuthorized or ReasonCode.Banned or ReasonCode.BadAuthenticationMethod => 5,
        _ => 3,
    };

    /// <summary>The reason code for an MQTT 3.1.1 CONNACK return code; false for the reserved values above 5.</summary>
    public static bool TryFromReturnCode(byte returnCode, out ReasonCode code)
    {
        code = returnCode switch
        {
            0 => ReasonCode.Success,
            1 => ReasonCode.UnsupportedProtocolVersion,
            2 => ReasonCode.ClientIdentifierNotValid,
            3 => ReasonCode.ServerUnavailable,
            4 => ReasonCode.BadUserNameOrPassword,
            5 => ReasonCode.NotAuthorized,
            _ => ReasonCode.UnspecifiedError,
        };
        return returnCode <= 5;
    }
}
