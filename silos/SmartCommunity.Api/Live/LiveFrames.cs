using System.Buffers;
using System.Globalization;
using System.Text;

namespace SmartCommunity.Api.Live;

/// <summary>Writes server-sent events (WHATWG HTML, section 9.2): <c>event: NAME ␊ id: SEQUENCE ␊ data: LINE ␊ … ␊</c>.</summary>
internal static class LiveFrames
{
    /// <summary>Opens a feed: how soon to come back, and where it begins. An id without data moves the client's Last-Event-ID and raises no event.</summary>
    public static void WriteOpening(IBufferWriter<byte> output, long sequence) => Write(output, $"retry: 2000\nid: {sequence}\n\n");

    /// <summary>A comment that keeps proxies from closing the connection, and the position that the reader has reached without a row for it.</summary>
    public static void WriteHeartbeat(IBufferWriter<byte> output, long sequence) => Write(output, $": heartbeat\nid: {sequence}\n\n");

    /// <summary>One row.</summary>
    /// <param name="output">Takes the frame.</param>
    /// <param name="name">The event's name; one line.</param>
    /// <param name="sequence">The id.</param>
    /// <param name="json">UTF-8; may have several lines.</param>
    public static void WriteEvent(IBufferWriter<byte> output, string name, long sequence, ReadOnlySpan<byte> json)
    {
        Write(output, $"event: {name}\nid: {sequence}\n");
        foreach (var range in json.SplitAny("\r\n"u8))
        {
            var line = json[range];
            if (!line.IsEmpty)
            {
                output.Write("data: "u8);
                output.Write(line);
                output.Write("\n"u8);
            }
        }

        output.Write("\n"u8);
    }

    private static void Write(IBufferWriter<byte> output, FormattableString text) =>
        Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture), output);
}
