using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Places;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Rules.Texts;

namespace SmartCommunity.Rules.Policies;

/// <summary>
/// 超限. A metric above or below a limit for a time. It is over when the value is back by <c>hysteresis</c> for <c>hold</c>; in between, an alarm stays and a
/// suspicion ends. One condition per device and metric.
/// </summary>
internal sealed class ThresholdPolicy : Policy
{
    private readonly ConditionSpec _spec;
    private readonly ThresholdLimits _limits;
    private readonly double _recoversBelow;
    private readonly double _recoversAbove;

    public ThresholdPolicy(PolicyArguments arguments)
    {
        var metric = arguments.Metric("metric");
        var hysteresis = arguments.Number("hysteresis");
        _limits = new(metric, arguments.NumberOrNull("above"), arguments.NumberOrNull("below"));
        _recoversBelow = (_limits.Above ?? double.PositiveInfinity) - hysteresis;
        _recoversAbove = (_limits.Below ?? double.NegativeInfinity) + hysteresis;
        _spec = new()
        {
            Kind = "threshold",
            Severity = arguments.SeverityOr(Severity.P2),
            Confirm = arguments.Duration("for"),
            Hold = arguments.Duration("hold"),
            CauseName = metric,
        };
        Specs = [_spec];
        Metrics = [metric];
    }

    public override ImmutableArray<ConditionSpec> Specs { get; }

    public override ImmutableArray<string> Metrics { get; }

    public override string SubjectOf(DeviceFacts device) => $"{device.Id.Value}/{_limits.Metric}";

    public override bool CanMean(RuleBinding binding, string key) => key == binding.DeviceKey;

    public override void OnSample(RuleBinding binding, in Sample sample, ISignalSink sink)
    {
        var value = sample.Value;
        sink.Send(new()
        {
            Input = value > _limits.Above || value < _limits.Below ? ConditionInput.Holds
                : value <= _recoversBelow && value >= _recoversAbove ? ConditionInput.Over
                : ConditionInput.Unsure,
            Key = binding.DeviceKey,
            Spec = _spec,
            Binding = binding,
            At = sample.Time.ToUnixTimeMilliseconds(),
            Value = value,
            Detail = value < _limits.Below ? ThresholdLimits.Low : ThresholdLimits.High,
        });
    }

    public override ConditionText Describe(ConditionFacts facts) => PolicyTexts.Threshold(facts, _limits);
}

/// <summary>The limits of a threshold rule.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Above">A value above is an alarm; null for no limit.</param>
/// <param name="Below">A value below is an alarm; null for no limit.</param>
internal sealed record ThresholdLimits(string Metric, double? Above, double? Below)
{
    /// <summary>The latest report was above the limit.</summary>
    public const string High = "high";

    /// <summary>The latest report was below the limit.</summary>
    public const string Low = "low";
}
