using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SmartCommunity.Incidents.Cases;

/// <summary>Chains the transitions of a case by hash, so that none can be changed, removed or slipped in later unseen (invariant 6).</summary>
/// <remarks>
/// <code>
/// hash      = lower-case hexadecimal of SHA-256(canonical)
/// canonical = version:u8=1 before:text seq:i32 command:text from:u8(0 = none) to:u8 actor:text role:u8 reason:text eventTime:i64 at:i64
///             commandId:(0:u8 | 1:u8 text) count:i32 (type:text uri:text)*count
/// text      = length:i32 UTF-8      numbers little endian, times in Unix ms
/// </code>
/// Times count to the millisecond, so that every store can give back what was hashed.
/// </remarks>
public static class TransitionChain
{
    private const byte Version = 1;

    /// <summary>The transition with its hash.</summary>
    /// <param name="transition">All fields but the hash are final.</param>
    /// <param name="hashBefore">The hash of the transition before it; empty for the first.</param>
    public static Transition Seal(Transition transition, string hashBefore) => transition with { Hash = HashOf(transition, hashBefore) };

    /// <summary>Whether the transitions are a whole chain from the first on.</summary>
    /// <param name="transitions">All transitions of a case, oldest first.</param>
    public static bool Verify(IReadOnlyList<Transition> transitions) => FindBreak(transitions) is null;

    /// <summary>The place, from 0, of the first transition that does not fit to what is before it; null when the chain is whole.</summary>
    public static int? FindBreak(IReadOnlyList<Transition> transitions)
    {
        var before = "";
        for (var i = 0; i < transitions.Count; i++)
        {
            if (transitions[i].Seq != i + 1 || transitions[i].Hash != HashOf(transitions[i], before))
            {
                return i;
            }

            before = transitions[i].Hash;
        }

        return null;
    }

    private static string HashOf(Transition transition, string before)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        WriteByte(bytes, Version);
        WriteText(bytes, before);
        WriteInt32(bytes, transition.Seq);
        WriteText(bytes, transition.Command);
        WriteByte(bytes, transition.From is { } from ? (byte)from : (byte)0);
        WriteByte(bytes, (byte)transition.To);
        WriteText(bytes, transition.Actor);
        WriteByte(bytes, (byte)transition.Role);
        WriteText(bytes, transition.Reason);
        WriteInt64(bytes, transition.EventTime.ToUnixTimeMilliseconds());
        WriteInt64(bytes, transition.At.ToUnixTimeMilliseconds());
        WriteByte(bytes, transition.CommandId is null ? (byte)0 : (byte)1);
        if (transition.CommandId is { } commandId)
        {
            WriteText(bytes, commandId);
        }

        WriteInt32(bytes, transition.Evidence.Count);
        foreach (var link in transition.Evidence)
        {
            WriteText(bytes, link.Type);
            WriteText(bytes, link.Uri);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }

    private static void WriteByte(ArrayBufferWriter<byte> bytes, byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    private static void WriteInt32(ArrayBufferWriter<byte> bytes, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(4), value);
        bytes.Advance(4);
    }

    private static void WriteInt64(ArrayBufferWriter<byte> bytes, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes.GetSpan(8), value);
        bytes.Advance(8);
    }

    private static void WriteText(ArrayBufferWriter<byte> bytes, string text)
    {
        WriteInt32(bytes, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, bytes);
    }
}
