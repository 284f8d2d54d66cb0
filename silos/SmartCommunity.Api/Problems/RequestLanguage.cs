using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SmartCommunity.Api.Problems;

/// <summary>In which language an answer speaks: <c>?lang=</c>, else the first of Accept-Language that we have, else Chinese.</summary>
internal static class RequestLanguage
{
    public const string Chinese = "zh";
    public const string English = "en";

    public static string Of(HttpContext context)
    {
        if (context.Request.Query.TryGetValue("lang", out var asked) && asked.Count > 0)
        {
            return IsEnglish(asked[0]) ? English : Chinese;
        }

        var wanted = context.Request.Headers.AcceptLanguage;
        if (wanted.Count == 0 || !StringWithQualityHeaderValue.TryParseList(wanted, out var languages))
        {
            return Chinese;
        }

        // OrderByDescending is stable: of equal quality the first counts.
        var first = languages
            .Where(language => language.Quality is not 0 && (IsEnglish(language.Value.Value) || IsChinese(language.Value.Value)))
            .OrderByDescending(language => language.Quality ?? 1)
            .FirstOrDefault();
        return first is not null && IsEnglish(first.Value.Value) ? English : Chinese;
    }

    private static bool IsEnglish(string? tag) => tag?.StartsWith(English, StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsChinese(string? tag) => tag?.StartsWith(Chinese, StringComparison.OrdinalIgnoreCase) is true;
}
