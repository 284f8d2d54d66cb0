using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace SmartCommunity.Events.Ids;

/// <summary>
/// The identifiers that were read lately, each as one string: the same devices and metrics come again with every message, and need neither be checked
/// nor allocated again.
/// </summary>
/// <remarks>
/// A table without chains: an identifier that falls on the place of another takes it. Threads may write at the same time; a place then holds the one or the
/// other, and either is whole. At most 8,192 texts of 64 characters: about a megabyte.
/// </remarks>
public static class KnownIdentifiers
{
    private const int PlaceBits = 13;
    private static readonly string?[] Table = new string?[1 << PlaceBits];

    // Of this process alone, so that nobody outside can choose identifiers that push each other out.
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>The identifier that the bytes spell, or null when they spell none.</summary>
    public static string? Get(ReadOnlySpan<byte> ascii)
    {
        ref var place = ref Table[PlaceOf(ascii)];
        if (Volatile.Read(ref place) is { } known && Ascii.Equals(ascii, known))
        {
            return known;
        }

        if (ascii.Length > Identifier.MaxLength || !Ascii.IsValid(ascii))
        {
            return null;
        }

        var text = Encoding.ASCII.GetString(ascii);
        if (!Identifier.IsValid(text))
        {
            return null;
        }

        Volatile.Write(ref place, text);
        return text;
    }

    private static int PlaceOf(ReadOnlySpan<byte> ascii)
    {
        var hash = Seed ^ (ulong)ascii.Length;
        for (; ascii.Length >= sizeof(ulong); ascii = ascii[sizeof(ulong)..])
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(ascii));
        }

        var rest = 0UL;
        foreach (var character in ascii)
        {
            rest = (rest << 8) | character;
        }

        return (int)(Mix(hash, rest) >> (64 - PlaceBits));
    }

    // The high bits depend on all bits of both; the next round needs them below.
    private static ulong Mix(ulong hash, ulong value) => BitOperations.RotateLeft((hash ^ value) * 0x9E3779B97F4A7C15, 32) * 0xD6E8FEB86659FD93;
}
