using System.Text;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Grains.Places;

/// <summary>The binary form of a <see cref="PlaceMemory"/>.</summary>
/// <remarks>
/// <code>
/// memory = version:u8 revision:i64 seen:list(gateway:text sequence:i64) devices:list(device) rules:bytes
/// device = id:text online:u8(0 unknown, 1 no, 2 yes) lastSeen:i64(Unix ms; long.MinValue: never) values:list(metric:text time:i64 value:f64) events:list(text)
/// </code>
/// Texts and counts as <see cref="BinaryWriter"/> writes them.
/// </remarks>
internal static class PlaceMemoryCodec
{
    private const byte Version = 1;

    public static byte[] Write(PlaceMemory memory)
    {
        using var stream = new MemoryStream(1024);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(memory.Revision);
        writer.Write7BitEncodedInt(memory.Seen.Count);
        foreach (var (gateway, sequence) in memory.Seen)
        {
            writer.Write(gateway);
            writer.Write(sequence);
        }

        writer.Write7BitEncodedInt(memory.Devices.Count);
        foreach (var (id, device) in memory.Devices)
        {
            Write(writer, id, device);
        }

        writer.Write7BitEncodedInt(memory.Rules.Length);
        writer.Write(memory.Rules.Span);
        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are of a version that is not known, or end early.</exception>
    public static PlaceMemory Read(ReadOnlySpan<byte> bytes)
    {
        var memory = new PlaceMemory();
        if (bytes.IsEmpty)
        {
            return memory;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
        try
        {
            if (reader.ReadByte() is var version and not Version)
            {
                throw new InvalidDataException($"The memory is of version {version}, and {Version} is what can be read.");
            }

            memory.Revision = reader.ReadInt64();
            for (var i = reader.Read7BitEncodedInt(); i > 0; i--)
            {
                memory.Seen[reader.ReadString()] = reader.ReadInt64();
            }

            for (var i = reader.Read7BitEncodedInt(); i > 0; i--)
            {
                ReadDevice(reader, memory);
            }

            memory.Rules = reader.ReadBytes(reader.Read7BitEncodedInt());
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("The memory is damaged: " + exception.Message, exception);
        }

        return memory;
    }

    private static void Write(BinaryWriter writer, DeviceId id, LiveDevice device)
    {
        writer.Write(id.Value);
        writer.Write(device.Online switch { null => (byte)0, false => (byte)1, true => (byte)2 });
        writer.Write(device.LastSeenAt?.ToUnixTimeMilliseconds() ?? long.MinValue);
        writer.Write7BitEncodedInt(device.Values.Count);
        foreach (var value in device.Values)
        {
            writer.Write(value.Metric);
            writer.Write(value.Time.ToUnixTimeMilliseconds());
            writer.Write(value.Value);
        }

        writer.Write7BitEncodedInt(device.EventIds.Count);
        foreach (var eventId in device.EventIds)
        {
            writer.Write(eventId);
        }
    }

    private static void ReadDevice(BinaryReader reader, PlaceMemory memory)
    {
        var id = DeviceId.Parse(reader.ReadString());
        var device = memory.Device(id);
        device.Online = reader.ReadByte() switch { 0 => null, 1 => false, _ => true };
        device.LastSeenAt = reader.ReadInt64() is var seen && seen == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(seen);
        for (var i = reader.Read7BitEncodedInt(); i > 0; i--)
        {
            var metric = reader.ReadString();
            var time = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
            device.Take(new Sample(id, metric, time, reader.ReadDouble()));
        }

        for (var i = reader.Read7BitEncodedInt(); i > 0; i--)
        {
            device.Remember(reader.ReadString());
        }
    }
}
