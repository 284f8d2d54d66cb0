using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Catalogue;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Rules.Tests.Support;
using SmartCommunity.Rules.Validation;

namespace SmartCommunity.Rules.Tests.Validation;

public sealed class RuleValidatorTests
{
    [Theory]
    [InlineData("falling-objekt", "", "policy", "Did you mean falling-object?")]
    [InlineData("nonsense", "", "policy", "Write one of: falling-object, illegal-parking")]
    [InlineData("falling-object", "windw=2m", "with.windw", "Did you mean window?")]
    [InlineData("falling-object", "window=2", "with.window", "Write it like 90s")]
    [InlineData("falling-object", "window=2h", "with.window", "Write a value from 5s to 1h.")]
    [InlineData("falling-object", "min-confidence=1.5", "with.min-confidence", "Write a value from 0 to 1.")]
    [InlineData("falling-object", "min-confidence=high", "with.min-confidence", "Write a finite decimal number")]
    [InlineData("smoke-gas", "kinds=smok", "with.kinds", "Did you mean smoke?")]
    [InlineData("smoke-gas", "kinds=water-leak", "with.kinds", "Write one of: smoke, fire, gas, co.")]
    [InlineData("duress", "kinds=,", "with.kinds", "Write one of: duress, panic.")]
    [InlineData("threshold", "above=1", "with.metric", "Write metric below with.")]
    [InlineData("threshold", "metric=temprature;above=1", "with.metric", "Did you mean temperature?")]
    [InlineData("threshold", "metric=a b;above=1", "with.metric", "Write one of")]
    [InlineData("threshold", "metric=temperature", "with", "Write above, below or both")]
    [InlineData("threshold", "metric=temperature;above=1;below=1", "with.below", "Make below less than above.")]
    [InlineData("threshold", "metric=temperature;above=3;below=1;hysteresis=1.1", "with.hysteresis", "Write a smaller hysteresis.")]
    [InlineData("threshold", "metric=temperature;above=3;hysteresis=-1", "with.hysteresis", "Write a value from 0")]
    public void A_problem_says_where_what_and_what_to_write(string policy, string with, string path, string hint)
    {
        var problem = RuleValidator.Validate(Make.Rule(policy, Pairs(with)) with { Id = Events.Ids.RuleId.Parse("r1") }).ShouldHaveSingleItem();
        problem.Path.ShouldBe(path);
        problem.What.Zh.ShouldNotBeEmpty();
        problem.What.En.ShouldEndWith(".");
        problem.Hint.En.ShouldContain(hint);
    }

    [Theory]
    [InlineData("threshold", "metric=temperature;above=3;below=1;hysteresis=1")]
    [InlineData("threshold", "metric=my-own-thing;below=-5.5")]
    [InlineData("smoke-gas", "kinds=smoke, co;hold=1m30s")]
    public void What_is_right_has_no_problem(string policy, string with) => RuleValidator.Validate(Make.Rule(policy, Pairs(with))).ShouldBeEmpty();

    [Fact]
    public void Every_problem_is_reported_at_once() =>
        RuleValidator.Validate(Make.Rule("threshold", "metrik=x", "for=soon", "hold=2d", "above=much")).Select(problem => problem.Path)
            .ShouldBe(["with.above", "with.for", "with.hold", "with.metrik", "with.metric"]);

    [Fact]
    public void A_rule_that_is_not_valid_is_not_compiled_unless_it_is_off()
    {
        var rule = Make.Rule("threshold");
        Should.Throw<RuleException>(() => RulePlan.Compile([rule], [])).Problems.Count.ShouldBe(1);
        RulePlan.Compile([rule with { Enabled = false }], []).Rules.ShouldBeEmpty();
    }

    [Fact]
    public void Every_policy_is_complete_and_its_defaults_are_valid()
    {
        PolicyCatalogue.All.Length.ShouldBe(8);
        PolicyCatalogue.All.Select(entry => entry.Id).ShouldBeUnique();
        foreach (var entry in PolicyCatalogue.All)
        {
            PolicyCatalogue.Find(entry.Id).ShouldBe(entry);
            foreach (var text in entry.Parameters.Select(parameter => parameter.Description).Append(entry.Name).Append(entry.Description))
            {
                text.Zh.ShouldNotBeNullOrWhiteSpace();
                text.En.ShouldNotBeNullOrWhiteSpace();
            }

            var stated = entry.Parameters.Where(parameter => parameter.Default is not null).Select(parameter => $"{parameter.Name}={parameter.Default}").ToList();
            var rule = entry.Id == "threshold" ? Make.Rule(entry.Id, [.. stated, "metric=temperature", "above=40"]) : Make.Rule(entry.Id, [.. stated]);
            RuleValidator.Validate(rule).ShouldBeEmpty(entry.Id);
            var compiled = RulePlan.Compile([rule], []).Rules[0];
            compiled.Policy.EventKinds.ShouldAllBe(kind => entry.EventKinds.Contains(kind));
            compiled.Policy.Specs.Select(spec => spec.Kind).ShouldBe(entry.Conditions.Select(condition => condition.Kind));
            compiled.Policy.Specs.Select(spec => spec.Severity).ShouldBe(entry.Conditions.Select(condition => condition.Severity));
        }
    }

    private static string[] Pairs(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries);
}
