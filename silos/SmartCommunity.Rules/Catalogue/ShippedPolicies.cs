using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Policies;
using SmartCommunity.Rules.Texts;
using SmartCommunity.Rules.Validation;

namespace SmartCommunity.Rules.Catalogue;

/// <summary>The policies that every community starts with, as a table.</summary>
internal static class ShippedPolicies
{
    private const double Hour = 3600;
    private const double Month = 31 * 24 * Hour;

    private static readonly AlarmGrade[] FireGrades =
    [
        new(EventKind.Smoke, Severity.P1, Severity.P1),
        new(EventKind.Fire, Severity.P0, Severity.P0),
        new(EventKind.Gas, Severity.P0, Severity.P0),
        new(EventKind.Co, Severity.P0, Severity.P0),
    ];

    private static readonly AlarmGrade[] WaterGrades =
    [
        new(EventKind.WaterLeak, Severity.P1, Severity.P2),
        new(EventKind.Flood, Severity.P1, Severity.P1),
    ];

    public static PolicyEntry FallingObject { get; } = new()
    {
        Id = "falling-object",
        Name = CatalogueTexts.FallingObject,
        Description = CatalogueTexts.FallingObjectUse,
        DefaultSeverity = Severity.P1,
        Conditions = [new("falling-object", Severity.P1)],
        EventKinds = [EventKind.FallingObject],
        Parameters =
        [
            ParameterTemplates.Duration("window", "2m", CatalogueTexts.FallingObjectWindow, least: 5, most: Hour),
            ParameterTemplates.Number("min-confidence", 0.5, CatalogueTexts.FallingObjectMinConfidence, least: 0, most: 1),
        ],
        Create = arguments => new FallingObjectPolicy(arguments),
    };

    public static PolicyEntry IllegalParking { get; } = new()
    {
        Id = "illegal-parking",
        Name = CatalogueTexts.IllegalParking,
        Description = CatalogueTexts.IllegalParkingUse,
        DefaultSeverity = Severity.P2,
        Conditions = [new("illegal-parking", Severity.P2)],
        EventKinds = [EventKind.VehiclePresent, EventKind.VehicleLeft, EventKind.FireLaneBlocked],
        Parameters =
        [
            ParameterTemplates.Duration("grace", "5m", CatalogueTexts.Grace),
            ParameterTemplates.Duration("fire-lane-grace", "0s", CatalogueTexts.FireLaneGrace, most: Hour),
            ParameterTemplates.Duration("gate-grace", "1m", CatalogueTexts.GateGrace),
            ParameterTemplates.Duration("hold", "10s", CatalogueTexts.Hold, most: Hour),
        ],
        Create = arguments => new IllegalParkingPolicy(arguments),
    };

    public static PolicyEntry Door { get; } = new()
    {
        Id = "door",
        Name = CatalogueTexts.Door,
        Description = CatalogueTexts.DoorUse,
        DefaultSeverity = Severity.P2,
        Conditions = [new("door-forced", Severity.P1), new("door-held-open", Severity.P2)],
        EventKinds = [EventKind.DoorForced, EventKind.DoorHeldOpen, EventKind.DoorOpened, EventKind.DoorClosed],
        Parameters =
        [
            ParameterTemplates.Duration("held-for", "60s", CatalogueTexts.HeldFor, least: 5),
            ParameterTemplates.Duration("hold", "0s", CatalogueTexts.Hold, most: Hour),
            ParameterTemplates.Kinds(EventKind.DoorForced, EventKind.DoorHeldOpen),
        ],
        Create = arguments => new DoorPolicy(arguments),
    };

    public static PolicyEntry Duress { get; } = new()
    {
        Id = "duress",
        Name = CatalogueTexts.Duress,
        Description = CatalogueTexts.DuressUse,
        DefaultSeverity = Severity.P0,
        Conditions = [new("duress", Severity.P0), new("panic", Severity.P0)],
        EventKinds = [EventKind.Duress, EventKind.Panic],
        Parameters = [ParameterTemplates.Kinds(EventKind.Duress, EventKind.Panic)],
        Create = arguments => new DuressPolicy(arguments),
    };

    public static PolicyEntry SmokeGas { get; } = new()
    {
        Id = "smoke-gas",
        Name = CatalogueTexts.SmokeGas,
        Description = CatalogueTexts.SmokeGasUse,
        DefaultSeverity = Severity.P0,
        Conditions = [.. FireGrades.Select(ToCondition)],
        EventKinds = [.. FireGrades.Select(grade => grade.Kind)],
        Parameters = AlarmParameters(FireGrades),
        Create = arguments => new AlarmPolicy(arguments, [.. FireGrades]),
    };

    public static PolicyEntry WaterLeak { get; } = new()
    {
        Id = "water-leak",
        Name = CatalogueTexts.WaterLeak,
        Description = CatalogueTexts.WaterLeakUse,
        DefaultSeverity = Severity.P1,
        Conditions = [.. WaterGrades.Select(ToCondition)],
        EventKinds = [.. WaterGrades.Select(grade => grade.Kind)],
        Parameters = AlarmParameters(WaterGrades),
        Create = arguments => new AlarmPolicy(arguments, [.. WaterGrades]),
    };

    public static PolicyEntry Threshold { get; } = new()
    {
        Id = "threshold",
        Name = CatalogueTexts.Threshold,
        Description = CatalogueTexts.ThresholdUse,
        DefaultSeverity = Severity.P2,
        Conditions = [new("threshold", Severity.P2)],
        WatchesMetric = true,
        Parameters =
        [
            new() { Name = "metric", Type = ParameterType.Metric, Required = true, Description = CatalogueTexts.Metric },
            ParameterTemplates.Number("above", standard: null, CatalogueTexts.Above),
            ParameterTemplates.Number("below", standard: null, CatalogueTexts.Below),
            ParameterTemplates.Duration("for", "0s", CatalogueTexts.For),
            ParameterTemplates.Number("hysteresis", 0, CatalogueTexts.Hysteresis, least: 0, most: 1e12),
            ParameterTemplates.Duration("hold", "0s", CatalogueTexts.Hold),
        ],
        Relations = CheckLimits,
        Create = arguments => new ThresholdPolicy(arguments),
    };

    public static PolicyEntry DeviceOffline { get; } = new()
    {
        Id = "device-offline",
        Name = CatalogueTexts.DeviceOffline,
        Description = CatalogueTexts.DeviceOfflineUse,
        DefaultSeverity = Severity.P3,
        Conditions = [new("device-offline", Severity.P3)],
        EventKinds = [EventKind.DeviceOffline, EventKind.DeviceOnline],
        Parameters =
        [
            ParameterTemplates.Duration("confirm", "30s", CatalogueTexts.Confirm),
            ParameterTemplates.Duration("silent-after", "1d", CatalogueTexts.SilentAfter, least: 10, most: Month),
            ParameterTemplates.Duration("hold", "0s", CatalogueTexts.Hold),
        ],
        Create = arguments => new DeviceOfflinePolicy(arguments),
    };

    private static PolicyCondition ToCondition(AlarmGrade grade) => new(EventKinds.NameOf(grade.Kind), grade.Severity);

    private static System.Collections.Immutable.ImmutableArray<PolicyParameter> AlarmParameters(AlarmGrade[] grades) =>
    [
        ParameterTemplates.Kinds([.. grades.Select(grade => grade.Kind)]),
        ParameterTemplates.Duration("hold", "60s", CatalogueTexts.Hold),
        ParameterTemplates.Duration("pulse-lasts", "10m", CatalogueTexts.PulseLasts, least: 10),
    ];

    private static IEnumerable<RuleProblem> CheckLimits(RuleDefinition rule)
    {
        var above = Read("above");
        var below = Read("below");
        if (above is null && below is null)
        {
            yield return new("with", ProblemTexts.NoLimit(), ProblemTexts.WriteLimit());
        }
        else if (below >= above)
        {
            yield return new(RuleValidator.PathOf("below"), ProblemTexts.LimitsCross(), ProblemTexts.WriteLimitsApart());
        }
        else if (Read("hysteresis") * 2 > above - below)
        {
            yield return new(RuleValidator.PathOf("hysteresis"), ProblemTexts.HysteresisTooWide(), ProblemTexts.WriteSmallerHysteresis());
        }

        double? Read(string name) => Scalars.TryParseNumber(rule.With.GetValueOrDefault(name), out var number) ? number : null;
    }
}
