using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Rules.Validation;

/// <summary>Something that is wrong with a rule.</summary>
/// <param name="Path">Where, below the rule: <c>policy</c>, <c>with.window</c>.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Hint">What to write instead.</param>
public sealed record RuleProblem(string Path, LocalizedText What, LocalizedText Hint)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {What.En} {Hint.En}";
}

/// <summary>Rules that are not valid were to be compiled.</summary>
public sealed class RuleException(IReadOnlyList<RuleProblem> problems)
    : FormatException("The rules are not valid. " + string.Join(" ", problems.Select(problem => problem.ToString())))
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<RuleProblem> Problems => problems;
}
