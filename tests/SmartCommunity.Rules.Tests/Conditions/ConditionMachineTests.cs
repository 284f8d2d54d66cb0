using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using static SmartCommunity.Events.Vocabulary.ConditionPhase;
using static SmartCommunity.Rules.Conditions.ConditionInput;

namespace SmartCommunity.Rules.Tests.Conditions;

/// <summary>Machine A, every cell of it.</summary>
public sealed class ConditionMachineTests
{
    private static readonly ConditionInput[] Inputs = [Holds, Unsure, Over, Confirmed, HoldEnded, SourceSilent];

    // The table of DESIGN section 4 A, written out a second time by hand.
    private static readonly Dictionary<ConditionPhase, ConditionPhase[]> Table = new()
    {
        //             Holds    Unsure    Over      Confirmed HoldEnded SourceSilent
        [Normal] = [Suspect, Normal, Normal, Normal, Normal, Normal],
        [Suspect] = [Suspect, Normal, Normal, Active, Suspect, Suspect],
        [Active] = [Active, Active, Clearing, Active, Active, Unknown],
        [Clearing] = [Active, Clearing, Clearing, Clearing, Cleared, Clearing],
        [Cleared] = [Suspect, Cleared, Cleared, Cleared, Cleared, Cleared],
        [Unknown] = [Active, Unknown, Clearing, Unknown, Unknown, Unknown],
    };

    [Fact]
    public void Every_phase_and_input_is_as_the_table_says()
    {
        Table.Keys.ShouldBe(Enum.GetValues<ConditionPhase>(), ignoreOrder: true);
        Inputs.ShouldBe(Enum.GetValues<ConditionInput>());
        foreach (var (phase, row) in Table)
        {
            for (var i = 0; i < Inputs.Length; i++)
            {
                ConditionMachine.Next(phase, Inputs[i]).ShouldBe(row[i], $"{phase} + {Inputs[i]}");
            }
        }
    }

    [Fact]
    public void Unknown_is_left_only_by_a_report_of_the_source()
    {
        foreach (var input in Inputs.Except([Holds, Over]))
        {
            ConditionMachine.Next(Unknown, input).ShouldBe(Unknown);
        }
    }

    [Fact]
    public void An_alarm_never_recovers_without_a_report_and_a_hold()
    {
        foreach (var phase in Table.Keys.Where(phase => phase is Active or Unknown))
        {
            Inputs.Select(input => ConditionMachine.Next(phase, input)).ShouldNotContain(Cleared);
        }
    }

    [Fact]
    public void Moves_into_and_out_of_a_suspicion_are_not_told()
    {
        foreach (var from in Table.Keys)
        {
            foreach (var to in Table.Keys)
            {
                ConditionMachine.IsTold(from, to).ShouldBe(from != to && to is not (Normal or Suspect));
            }
        }
    }
}
