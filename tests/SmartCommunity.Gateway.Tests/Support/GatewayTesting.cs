using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Gateway.Decoding;
using SmartCommunity.Gateway.Decoding.Native;
using SmartCommunity.Gateway.Journaling;
using SmartCommunity.Journal;

namespace SmartCommunity.Gateway.Tests.Support;

internal static class GatewayTesting
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    public static DecoderRegistry Registry { get; } = new([new NativeDecoder(new DecodingOptions())], new DecodingOptions());

    public static EventBatch Decode(string channel, string payload, string device = "d-1", string? publisher = "d-1", bool isWill = false)
        => Decode(channel, Encoding.UTF8.GetBytes(payload), device, publisher, isWill);

    public static EventBatch Decode(string channel, byte[] payload, string device = "d-1", string? publisher = "d-1", bool isWill = false)
        => Registry.Decode(
            new DecodeInput($"sc/v1/{device}/{channel}", payload, publisher is null ? null : DeviceId.Parse(publisher), isWill, ContentType: null, Now),
            new EventBatchBuilder());

    /// <summary>Small segments, so that rolling and trimming happen.</summary>
    public static GatewayOptions Options(string folder) => new()
    {
        Id = GatewayId.Parse("g-1"),
        JournalFolder = folder,
        Journal = new JournalOptions { SegmentBytes = 16 << 10, MaxRecordBytes = 8 << 10, MaxDiskBytes = 1 << 30 },
        Decoding = new DecodingOptions { MaxPayloadBytes = 4 << 10, MaxDeadLetterBytes = 1 << 10 },
    };

    public static GatewayJournal Open(GatewayOptions options, TimeProvider time) => GatewayJournal.Open(options, time, NullLogger.Instance);
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sc-gateway-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
