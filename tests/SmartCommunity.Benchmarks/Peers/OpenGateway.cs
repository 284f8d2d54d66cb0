using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCommunity.Gateway;
using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Mqtt.Server;
using SmartCommunity.Mqtt.Server.Hosting;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Benchmarks.Peers;

/// <summary>
/// The gateway as it is on a machine at the edge: endpoint, decoders, journal, forwarder. Everybody may do everything, and the silo side takes every batch at once.
/// Answers each line on standard input with its figures, and ends when that ends.
/// </summary>
internal static class OpenGateway
{
    /// <summary>The line that asks for figures after what is garbage has been let go.</summary>
    public const string Settle = "settle";

    public static async Task RunAsync(string data, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqtt()));
        builder.Services.AddSingleton<IIngestTarget, Sink>().AddSingleton<IClientAuthenticator, Everybody>().AddSingleton<ITopicAuthorizer, Everything>();
        builder.Services.AddGateway(new GatewayOptions { JournalFolder = data });
        // A generator is one address and a few accounts; the limits that tell it from honest devices are not what is measured.
        builder.Services.AddMqttServer(new MqttServerOptions
        {
            ConnectRate = int.MaxValue,
            ConnectRatePerAddress = int.MaxValue,
            MaxConnectionsPerAddress = int.MaxValue,
            MaxPublishRate = 0,
            MaxPublishBytesRate = 0,
        });
        using var flushes = new FlushCounter();
        await using var app = builder.Build();
        await app.StartAsync(cancellationToken);
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        while (await Console.In.ReadLineAsync(cancellationToken) is { } question)
        {
            if (question == Settle) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            Console.WriteLine(flushes);
        }

        await app.StopAsync(CancellationToken.None);
    }

    private sealed class FlushCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _flushes;
        private long _records;

        public FlushCounter()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "journal.flush.records") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, records, _, _) =>
            {
                Interlocked.Increment(ref _flushes);
                Interlocked.Add(ref _records, records);
            });
            _listener.Start();
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"journal_flush_records_sum {Interlocked.Read(ref _records)};journal_flush_records_count {Interlocked.Read(ref _flushes)}");

        public void Dispose() => _listener.Dispose();
    }

    private sealed class Sink : IIngestTarget
    {
        public ValueTask<IngestAnswer> SendAsync(IngestBatch batch, CancellationToken cancellationToken) =>
            new(new IngestAnswer(IngestOutcome.Accepted, batch.LastSequence, batch.LastSequence, RewindTo: 0));
    }

    private sealed class Everybody : IClientAuthenticator
    {
        public ValueTask<ClientIdentity?> AuthenticateAsync(ClientCredentials credentials, CancellationToken cancellationToken) =>
            new(new ClientIdentity(credentials.UserName ?? credentials.ClientId, ClientKind.Device, credentials.ClientId));
    }

    private sealed class Everything : ITopicAuthorizer
    {
        public bool MayPublish(ClientIdentity client, string topic) => true;

        public bool MaySubscribe(ClientIdentity client, string topicFilter) => true;
    }
}
