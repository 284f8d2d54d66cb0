using System.Collections.Immutable;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;
using static SmartCommunity.Incidents.Tests.Cases.CaseFixture;

namespace SmartCommunity.Incidents.Tests.Cases;

public sealed class TransitionChainTests
{
    private static readonly ImmutableArray<Transition> Chain = CaseMachine.Open(Opening(candidates: [Worker]), Start).Steps;

    public static TheoryData<string, Func<Transition, Transition>> Forgeries() => new()
    {
        { "seq", step => step with { Seq = step.Seq + 1 } },
        { "command", step => step with { Command = "void" } },
        { "from", step => step with { From = IncidentState.Suspended } },
        { "to", step => step with { To = IncidentState.Suspended } },
        { "actor", step => step with { Actor = "someone" } },
        { "role", step => step with { Role = Role.Checker } },
        { "reason", step => step with { Reason = step.Reason + " " } },
        { "event time", step => step with { EventTime = step.EventTime.AddMilliseconds(1) } },
        { "time", step => step with { At = step.At.AddMilliseconds(-1) } },
        { "command id", step => step with { CommandId = "" } },
        { "evidence", step => step with { Evidence = [new("image/jpeg", "/x")] } },
        { "hash", step => step with { Hash = new string('0', 64) } },
    };

    [Fact]
    public void AChainAsMadeIsWhole()
    {
        Chain.Length.ShouldBe(4);
        TransitionChain.Verify(Chain).ShouldBeTrue();
        TransitionChain.Verify([]).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void AForgedFieldIsFoundWhereItIs(string field, Func<Transition, Transition> forge)
    {
        for (var i = 0; i < Chain.Length; i++)
        {
            TransitionChain.FindBreak(Chain.SetItem(i, forge(Chain[i]))).ShouldBe(i, field);
        }
    }

    [Fact]
    public void AStepSealedAnewBreaksTheNext()
    {
        var forged = TransitionChain.Seal(Chain[1] with { Actor = "someone" }, Chain[0].Hash);
        TransitionChain.FindBreak(Chain.SetItem(1, forged)).ShouldBe(2);
    }

    [Fact]
    public void AMissingOrSwappedStepIsFound()
    {
        TransitionChain.FindBreak(Chain.RemoveAt(1)).ShouldBe(1);
        TransitionChain.FindBreak(Chain.SetItem(1, Chain[2]).SetItem(2, Chain[1])).ShouldBe(1);
        TransitionChain.FindBreak(Chain.Insert(2, Chain[1])).ShouldBe(2);
    }

    [Fact]
    public void TheOffsetOfATimeIsNotPartOfIt() =>
        TransitionChain.Verify([.. Chain.Select(step => step with { At = step.At.ToUniversalTime() })]).ShouldBeTrue();

    [Fact]
    public void TheFirstVersionOfTheFormatIsForEver()
    {
        var step = new Transition
        {
            Seq = 1,
            Command = "raise",
            To = IncidentState.Reported,
            Actor = "system",
            Role = Role.System,
            Reason = "原因",
            EventTime = DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_000),
            At = DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_500),
            CommandId = "k",
            Evidence = [new("image/jpeg", "/e/1.jpg")],
        };
        TransitionChain.Seal(step, "ab").Hash.ShouldBe("979e90737099ba2eb47f72cd0fae83bcddcb59bc179ba75bae9b4465dca8fce9");
    }
}
