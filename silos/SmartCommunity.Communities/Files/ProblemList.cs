using SmartCommunity.Communities.Files.Tree;
using SmartCommunity.Communities.Texts;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Communities.Files;

/// <summary>Collects what is wrong, up to a limit.</summary>
internal sealed class ProblemList(int limit)
{
    private readonly List<FileProblem> _problems = [];
    private int _more;

    /// <summary>How many there are, also beyond the limit.</summary>
    public int Count => _problems.Count + _more;

    public void Add(string path, FileMark mark, LocalizedText what, LocalizedText advice)
    {
        if (_problems.Count < limit)
        {
            _problems.Add(new(path, what, advice, mark.Line > 0 ? mark.Line : null, mark.Line > 0 ? mark.Column : null));
        }
        else
        {
            _more++;
        }
    }

    /// <summary>All of them, in the order of the file.</summary>
    public IReadOnlyList<FileProblem> ToList()
    {
        IEnumerable<FileProblem> ordered = _problems.OrderBy(problem => problem.Line ?? 0).ThenBy(problem => problem.Column ?? 0);
        return [.. ordered, .. _more > 0 ? [new FileProblem("", FileTexts.MoreProblems(_more), FileTexts.FixFirst())] : Array.Empty<FileProblem>()];
    }
}
