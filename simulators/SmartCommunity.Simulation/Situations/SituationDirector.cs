using SmartCommunity.Events.Ids;
using SmartCommunity.Simulation.Randomness;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Situations;

/// <summary>
/// Starts situations now and then and says who has to do what when. No I/O and no clock: the same world, seed and times give the same play.
/// </summary>
public sealed class SituationDirector
{
    private readonly SimulatedWorld _world;
    private readonly DirectorOptions _options;
    private readonly SeededRandom _random;
    private readonly IReadOnlyList<(SituationEntry Entry, IReadOnlyList<DeviceSite> Sites)> _choices;
    private readonly Dictionary<DeviceId, DateTimeOffset> _busyUntil = [];
    private readonly List<RunningSituation> _running = [];
    private DateTimeOffset? _next;
    private int _started;

    /// <summary>Makes a director.</summary>
    /// <param name="world">The devices and rules.</param>
    /// <param name="options">How often; checked.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SituationDirector(SimulatedWorld world, DirectorOptions options)
    {
        options.Check();
        _world = world;
        _options = options;
        _random = world.Random.Fork("director");
        _choices = [.. SituationCatalogue.All
            .Where(entry => options.Kinds.Count == 0 || options.Kinds.Contains(entry.Kind, StringComparer.Ordinal))
            .Select(entry => (entry, Sites: (IReadOnlyList<DeviceSite>)[.. world.Sites.Where(site => entry.CanHappen(site, world.Rules))]))
            .Where(choice => choice.Sites.Count > 0)];
    }

    /// <summary>Situations that are going on.</summary>
    public int Running => _running.Count;

    /// <summary>Starts what is to start and answers every step that is due, in order of time.</summary>
    /// <param name="now">The time; never before that of the call before.</param>
    public IReadOnlyList<DirectedStep> Step(DateTimeOffset now)
    {
        // The first one comes sooner: whoever starts a demo wants to see something happen.
        _next ??= now + (NextInterval() / 3);
        while (_options.Interval > TimeSpan.Zero && _next <= now)
        {
            if (_running.Count < _options.MaxAtOnce && Choose(_next.Value) is { } situation) Start(situation, _next.Value);
            _next += NextInterval();
        }

        return TakeDue(now);
    }

    /// <summary>Starts a situation by hand, for example from a scenario.</summary>
    public void Start(Situation situation, DateTimeOffset at)
    {
        _running.Add(new RunningSituation(situation, at));
        _busyUntil[situation.Site.Id] = at + situation.Duration + _options.Rest;
        _started++;
    }

    private IReadOnlyList<DirectedStep> TakeDue(DateTimeOffset now)
    {
        var due = new List<DirectedStep>();
        foreach (var running in _running) running.TakeDue(now, due);
        _running.RemoveAll(running => running.IsOver);
        // Stable, so that steps of one script at one time keep their order.
        return [.. due.OrderBy(step => step.At)];
    }

    private Situation? Choose(DateTimeOffset at)
    {
        var free = _choices
            .Select(choice => (choice.Entry, Sites: choice.Sites.Where(site => !(_busyUntil.GetValueOrDefault(site.Id) > at)).ToList()))
            .Where(choice => choice.Sites.Count > 0)
            .ToList();
        if (free.Count == 0) return null;

        var left = _random.NextDouble() * free.Sum(choice => choice.Entry.Weight);
        var (entry, sites) = free.FirstOrDefault(choice => (left -= choice.Entry.Weight) < 0, free[^1]);
        return entry.Write(_random.Pick(sites), _world.Rules, _random.Fork($"situation/{_started}/{at.ToUnixTimeMilliseconds()}"));
    }

    private TimeSpan NextInterval()
    {
        // A zero interval is never awaited; a second keeps the loop's arithmetic sound.
        if (_options.Interval == TimeSpan.Zero) return TimeSpan.FromSeconds(1);
        var factor = 1 + (_options.Spread * _random.Between(-1, 1));
        return TimeSpan.FromTicks(Math.Max(1, (long)(_options.Interval.Ticks * factor)));
    }
}

/// <summary>A step that is due.</summary>
/// <param name="Situation">What it belongs to.</param>
/// <param name="At">When it is to happen.</param>
/// <param name="Act">What the device does.</param>
/// <param name="IsFirst">Whether the situation begins with it.</param>
/// <param name="IsLast">Whether the situation ends with it.</param>
public sealed record DirectedStep(Situation Situation, DateTimeOffset At, DeviceAct Act, bool IsFirst, bool IsLast);

/// <summary>A situation and how far it has come.</summary>
internal sealed class RunningSituation(Situation situation, DateTimeOffset start)
{
    private int _next;

    public bool IsOver => _next == situation.Steps.Length;

    public void TakeDue(DateTimeOffset now, List<DirectedStep> due)
    {
        for (; !IsOver && start + situation.Steps[_next].At <= now; _next++)
        {
            var step = situation.Steps[_next];
            due.Add(new DirectedStep(situation, start + step.At, step.Act, _next == 0, _next == situation.Steps.Length - 1));
        }
    }
}
