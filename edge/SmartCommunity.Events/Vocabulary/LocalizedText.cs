namespace SmartCommunity.Events.Vocabulary;

/// <summary>A text that a person reads, in the two languages of the console.</summary>
/// <param name="Zh">Chinese, shown by default.</param>
/// <param name="En">English.</param>
public sealed record LocalizedText(string Zh, string En)
{
    /// <summary>The text in a language: English for <c>en…</c>, otherwise Chinese.</summary>
    public string In(string? language) => language is not null && language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;

    /// <inheritdoc/>
    public override string ToString() => Zh;
}
