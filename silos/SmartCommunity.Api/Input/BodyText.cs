using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using SmartCommunity.Api.Problems;

namespace SmartCommunity.Api.Input;

/// <summary>Reads a text body (a community file, a CSV) whole: bounded, and strict UTF-8.</summary>
internal static class BodyText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, or the problem that is to be answered.</summary>
    public static async Task<(string? Text, IResult? Problem)> ReadAsync(HttpContext context, int limit)
    {
        var bytes = new ArrayBufferWriter<byte>();
        int read;
        do
        {
            read = await context.Request.Body.ReadAsync(bytes.GetMemory(16 * 1024), context.RequestAborted);
            bytes.Advance(read);
            if (bytes.WrittenCount > limit)
            {
                return (null, ApiProblem.Of(context, ProblemKinds.TooLarge, ProblemTexts.TooLarge(limit)));
            }
        }
        while (read > 0);

        try
        {
            return (Strict.GetString(WithoutByteOrderMark(bytes.WrittenSpan)), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, ApiProblem.Of(context, ProblemKinds.Unreadable, ProblemTexts.NotUtf8));
        }
    }

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
}
