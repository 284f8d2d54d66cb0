using System.Globalization;
using Microsoft.AspNetCore.Http;
using SmartCommunity.Incidents.Cases;

namespace SmartCommunity.Api.Input;

/// <summary>The request headers of changes: If-Match and Idempotency-Key.</summary>
internal static class RequestHeaders
{
    private const int MaxKeyLength = 100;

    /// <summary>The version of <c>If-Match: "7"</c>; null when it is absent or <c>*</c>.</summary>
    public static long? ReadExpectedVersion(this HttpContext context, InputChecker input)
    {
        var text = context.Request.Headers.IfMatch.ToString().Trim();
        if (text is "" or "*")
        {
            return null;
        }

        // Weak ETags are taken too: a proxy that compresses makes them of ours (RFC 9110 section 8.8.1).
        var bare = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        if (long.TryParse(bare.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return version;
        }

        input.Add("If-Match", InputTexts.NotAVersion, InputTexts.VersionHint);
        return null;
    }

    /// <summary>
    /// The command id of an <c>Idempotency-Key</c>; a fresh one when there is none. The person is part of it, so that two people whose software
    /// counts its keys from 1 do not get each other's answers.
    /// </summary>
    public static string ReadCommandId(this HttpContext context, Actor actor, InputChecker input)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString().Trim('"');
        if (key.Length == 0)
        {
            return Guid.NewGuid().ToString("N");
        }

        if (key.Length > MaxKeyLength || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            input.Add("Idempotency-Key", InputTexts.NotAKey, InputTexts.KeyHint);
        }

        return $"{actor.Person.Value}/{key}";
    }

    /// <summary>The ETag of a version.</summary>
    public static void WriteVersion(this HttpContext context, long version) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
