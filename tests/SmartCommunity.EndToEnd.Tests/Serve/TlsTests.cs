using System.Buffers;
using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SmartCommunity.EndToEnd.Tests.Malformed;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.EndToEnd.Tests.Serve;

/// <summary>MQTT over TLS with a certificate from PEM files.</summary>
public sealed class TlsTests(ServeFixture serve) : IClassFixture<ServeFixture>
{
    [Fact]
    public async Task A_publish_over_tls_is_acknowledged_and_is_an_incident()
    {
        const string camera = "throw-b10-north";
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", serve.Host.MqttsPort!.Value);
        var trusted = (await File.ReadAllTextAsync(serve.Certificate)).Trim();
        await using var tls = new SslStream(
            socket.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
                certificate is System.Security.Cryptography.X509Certificates.X509Certificate2 presented && presented.ExportCertificatePem().Trim() == trusted);
        await tls.AuthenticateAsClientAsync("localhost").WaitAsync(Eventually.Patience);
        await tls.WriteAsync(MalformedPackets.SignIn(camera, TokenOf(camera), camera));
        (await ReadTypeAsync(tls)).ShouldBe(PacketType.ConnAck);
        await tls.WriteAsync(Publish($"sc/v1/{camera}/event", """{"id":"over-tls","kind":"falling-object","confidence":0.9}"""));
        (await ReadTypeAsync(tls)).ShouldBe(PacketType.PubAck);
        await ShouldBeAnIncidentAsync(camera, "over-tls");
    }

    [FactIfInstalled("mosquitto_pub")]
    public async Task Mosquitto_pub_trusts_the_certificate()
    {
        const string camera = "throw-b9-north";
        string[] arguments =
        [
            "-h", "localhost", "-p", $"{serve.Host.MqttsPort}", "--cafile", serve.Certificate, "-u", camera, "-P", TokenOf(camera), "-q", "1",
            "-t", $"sc/v1/{camera}/event", "-m", """{"id":"by-hand","kind":"falling-object","confidence":0.9}""",
        ];
        using var publish = Process.Start("mosquitto_pub", arguments);
        await publish.WaitForExitAsync().WaitAsync(Eventually.Patience);
        publish.ExitCode.ShouldBe(0);
        await ShouldBeAnIncidentAsync(camera, "by-hand");
    }

    private async Task ShouldBeAnIncidentAsync(string camera, string eventId)
    {
        using var viewer = await ApiClient.SignInAsync(serve.Host.Http, People.DutyOfficer, SignIns.GetProperty("passwords").Text(People.DutyOfficer)!);
        (await viewer.WaitForIncidentAsync(camera)).GetProperty("events").EnumerateArray().ShouldHaveSingleItem().Id().ShouldBe(eventId);
    }

    private JsonElement SignIns => JsonSerializer.Deserialize<JsonElement>(serve.FirstSignIns);

    private string TokenOf(string device) => SignIns.GetProperty("tokens").Text(device)!;

    private static byte[] Publish(string topic, string payload)
    {
        var output = new ArrayBufferWriter<byte>();
        PacketWriter.Write(output, MqttVersion.V500, new OutgoingPublish
        {
            Topic = Encoding.UTF8.GetBytes(topic),
            Payload = Encoding.UTF8.GetBytes(payload),
            Qos = QualityOfService.AtLeastOnce,
            PacketId = 1,
        });
        return output.WrittenSpan.ToArray();
    }

    private static async Task<PacketType> ReadTypeAsync(SslStream stream)
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        var bytes = new byte[1024];
        var filled = 0;
        FrameHeader header;
        while (!FrameHeader.TryRead(bytes.AsSpan(0, filled), bytes.Length, out header) || filled < header.Size + header.BodyLength)
        {
            var read = await stream.ReadAsync(bytes.AsMemory(filled), limit.Token);
            read.ShouldBePositive("the connection closed");
            filled += read;
        }

        return (PacketType)(header.First >> 4);
    }
}
