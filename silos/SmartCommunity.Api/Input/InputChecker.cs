using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using SmartCommunity.Api.Problems;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Api.Input;

/// <summary>Reads what a caller wrote and collects every error, so that all are answered at once.</summary>
internal sealed class InputChecker(HttpContext context)
{
    private readonly string _language = RequestLanguage.Of(context);
    private readonly List<InputError> _errors = [];

    /// <summary>The answer when there are errors, else null.</summary>
    public IResult? Problem => _errors.Count == 0 ? null : ApiProblem.Invalid(context, _errors);

    public void Add(string path, LocalizedText message, LocalizedText? hint = null) =>
        _errors.Add(new(path, message.In(_language), hint?.In(_language) ?? ""));

    /// <summary>An id, or null when it is absent or wrong.</summary>
    public TId? Id<TId>(string path, string? value) where TId : struct, IIdentifier<TId>
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (Identifier.TryParse<TId>(value, out var id))
        {
            return id;
        }

        Add(path, InputTexts.NotAnId, InputTexts.IdHint);
        return null;
    }

    /// <summary>An id that must be there.</summary>
    public TId? RequiredId<TId>(string path, string? value) where TId : struct, IIdentifier<TId>
    {
        if (string.IsNullOrEmpty(value))
        {
            Add(path, InputTexts.Missing, InputTexts.IdHint);
        }

        return Id<TId>(path, value);
    }

    public DateTimeOffset? Time(string path, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (TimeText.TryParse(value, out var time))
        {
            return time;
        }

        Add(path, InputTexts.NotATime, InputTexts.TimeHint);
        return null;
    }

    public TimeSpan? Duration(string path, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (DurationText.TryParse(value, out var duration))
        {
            return duration;
        }

        Add(path, InputTexts.NotADuration, InputTexts.DurationHint);
        return null;
    }

    /// <summary>A whole number within its range, or the default.</summary>
    public int Number(string path, string? value, int minimum, int maximum, int otherwise)
    {
        if (string.IsNullOrEmpty(value))
        {
            return otherwise;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Add(path, InputTexts.OutOfRange, InputTexts.Range(minimum, maximum));
        return otherwise;
    }

    /// <summary>Names of an enum, separated by commas, in any case.</summary>
    public ImmutableArray<T> Names<T>(string path, string? value) where T : struct, Enum =>
        [.. Words(path, value, Enum.GetNames<T>()).Select(Enum.Parse<T>)];

    /// <summary>Words of a list, separated by commas, in any case; each as the list has it.</summary>
    public ImmutableArray<string> Words(string path, string? value, IReadOnlyList<string> known)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        foreach (var part in (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (known.FirstOrDefault(word => word.Equals(part, StringComparison.OrdinalIgnoreCase)) is { } word)
            {
                words.Add(word);
            }
            else
            {
                Add(path, InputTexts.NotOneOf(part), InputTexts.OneOf(known));
            }
        }

        return words.ToImmutable();
    }

    /// <summary>A text of bounded length.</summary>
    public string? Text(string path, string? value, int limit)
    {
        if (value is null || value.Length <= limit)
        {
            return value;
        }

        Add(path, InputTexts.TooLong(limit), InputTexts.Shorten);
        return null;
    }
}
