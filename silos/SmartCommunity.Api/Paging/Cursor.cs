using System.Buffers.Text;
using System.Text;
using SmartCommunity.Api.Input;

namespace SmartCommunity.Api.Paging;

/// <summary>Cursors of lists that come from snapshots: the last key in base64url, so that nobody takes it for something to compose.</summary>
internal static class Cursor
{
    public static string Of(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    public static PageRequest ReadPage(this InputChecker input, ApiOptions options, string? cursor, string? limit)
    {
        var count = input.Number("limit", limit, 1, options.MaxPageSize, options.DefaultPageSize);
        if (string.IsNullOrEmpty(cursor))
        {
            return new(null, count);
        }

        if (Base64Url.IsValid(cursor))
        {
            return new(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)), count);
        }

        input.Add("cursor", InputTexts.NotACursor, InputTexts.CursorHint);
        return new(null, count);
    }
}
