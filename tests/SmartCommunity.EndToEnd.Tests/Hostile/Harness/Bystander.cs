using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartCommunity.EndToEnd.Tests.Hostile.Harness;

/// <summary>
/// A well-behaved device: it publishes a sample at QoS 1 a hundred times a second, and notes how long each acknowledgement took. It has a thread and a blocking
/// socket of its own, so that what the attackers do to the test's thread pool is not measured.
/// </summary>
internal sealed class Bystander : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly List<(long At, TimeSpan Delay)> _acknowledged = [];
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000, SendTimeout = 60_000 };
    private readonly Thread _thread;
    private readonly byte[] _publish;
    private long _sentAt;
    private volatile bool _stopped;
    private volatile Exception? _failure;

    /// <summary>Signs in and begins to publish.</summary>
    /// <param name="port">The endpoint's port of 127.0.0.1.</param>
    /// <param name="device">The device, which publishes its own telemetry.</param>
    /// <param name="token">Its token.</param>
    public Bystander(int port, string device, string token)
    {
        _publish = Raw.Publish($"sc/v1/{device}/telemetry", """{"values":{"temperature":21.5}}"""u8, qos: 1, packetId: 1);
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Send(Raw.Connect(new() { ClientId = $"bystander-{device}", UserName = device, Password = Encoding.UTF8.GetBytes(token), KeepAlive = 60 }));
        ExpectFrame(0x20);
        _thread = new Thread(Run) { IsBackground = true, Name = $"bystander {device}" };
        _thread.Start();
    }

    /// <summary>Throws what ended it, when something did.</summary>
    public void ShouldBeServed() => _failure.ShouldBeNull("a bystander lost its connection");

    /// <summary>The delays of what was acknowledged between two timestamps, and the age of what still waits at the end.</summary>
    public List<TimeSpan> Delays(long from, long to)
    {
        lock (_lock)
        {
            List<TimeSpan> delays = [.. _acknowledged.Where(item => item.At > from && item.At <= to).Select(item => item.Delay)];
            if (_sentAt != 0 && _sentAt <= to) delays.Add(Stopwatch.GetElapsedTime(_sentAt, to));
            return delays;
        }
    }

    public void Dispose()
    {
        _stopped = true;
        _thread.Join();
        _socket.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stopped)
            {
                var started = Stopwatch.GetTimestamp();
                lock (_lock) _sentAt = started;
                _socket.Send(_publish);
                ExpectFrame(0x40);
                Note(started);
                var rest = Period - Stopwatch.GetElapsedTime(started);
                if (rest > TimeSpan.Zero) Thread.Sleep(rest);
            }
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            _failure = failure;
        }
    }

    private void Note(long started)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            _acknowledged.Add((now, Stopwatch.GetElapsedTime(started, now)));
            _sentAt = 0;
        }
    }

    // frame = first-byte remaining-length (one byte: what the endpoint answers here is short) body
    private void ExpectFrame(byte first)
    {
        Span<byte> frame = stackalloc byte[128];
        Fill(frame[..2]);
        if (frame[0] != first || frame[1] > 126) throw new IOException($"A packet 0x{frame[0]:X2} came where 0x{first:X2} was expected.");
        Fill(frame.Slice(2, frame[1]));
    }

    private void Fill(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var read = _socket.Receive(bytes);
            if (read == 0) throw new IOException("The endpoint closed the connection.");
            bytes = bytes[read..];
        }
    }
}
