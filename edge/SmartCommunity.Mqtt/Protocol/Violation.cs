using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SmartCommunity.Mqtt.Protocol;

/// <summary>Throw helpers, kept out of line so that the readers stay small.</summary>
internal static class Violation
{
    /// <summary>The bytes can not be understood (0x81).</summary>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Malformed(string statement, string message) => throw new MqttProtocolException(ReasonCode.MalformedPacket, statement, message);

    /// <summary>The bytes are understood, and must not be sent (0x82).</summary>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Protocol(string statement, string message) => throw new MqttProtocolException(ReasonCode.ProtocolError, statement, message);

    /// <summary>Any other reason.</summary>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void With(ReasonCode reason, string statement, string message) => throw new MqttProtocolException(reason, statement, message);
}
