using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace SmartCommunity.Mqtt.Server.Transports;

/// <summary>
/// How the sockets of this process behave. Kestrel has one setting for all of its listeners, so HTTP gets it too; it does no harm there.
/// </summary>
internal static class SocketSettings
{
    // linux/tcp.h. How many bytes the system takes that it has not sent: without it, megabytes would stand between a slow client and its ping.
    private const int TcpLevel = 6;
    private const int TcpNotSentLowWater = 25;
    private const int QuestionPeriodSeconds = 15;
    private const int Questions = 4;

    public static void Apply(SocketTransportOptions sockets, MqttServerOptions options)
    {
        sockets.MaxReadBufferSize = options.MaxReadAheadBytes;
        sockets.MaxWriteBufferSize = options.MaxUnsentBytes;
        // What is set on the listening socket holds for those that it accepts, so a connection costs no system call for it.
        sockets.CreateBoundListenSocket = end =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(end);
            if (socket.ProtocolType == ProtocolType.Tcp) Prepare(socket, options);
            return socket;
        };
    }

    private static void Prepare(Socket socket, MqttServerOptions options)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)options.TcpKeepAlive.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, QuestionPeriodSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Questions);
        if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(TcpLevel, TcpNotSentLowWater, BitConverter.GetBytes(options.MaxUnsentBytes));
    }
}
