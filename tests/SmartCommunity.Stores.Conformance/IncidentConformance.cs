using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Outbox;
using static SmartCommunity.Stores.Conformance.Cases;

namespace SmartCommunity.Stores.Conformance;

/// <summary>The cases, and the outbox that their commits write to.</summary>
public sealed record IncidentPorts(IIncidentStore Incidents, IOutbox Outbox);

public abstract class IncidentConformance : PortConformance<IncidentPorts>
{
    [Fact]
    public async Task ACaseComesBackWholeWithItsChain()
    {
        var opened = Open("e1", "k");
        (await CommitAsync(opened)).Outcome.ShouldBe(IncidentCommitOutcome.Stored);
        await ReopenAsync();

        var read = (await Port.Incidents.FindAsync(opened.After.Id, Limit)).ShouldNotBeNull();
        Json(read).ShouldBe(Json(opened.After));
        var transitions = await Port.Incidents.ReadTransitionsAsync(opened.After.Id, Limit);
        transitions.Select(Json).ShouldBe(opened.Steps.Select(Json));
        TransitionChain.Verify(transitions).ShouldBeTrue();
    }

    [Fact]
    public async Task WhatIsNotThereIsNull()
    {
        var id = Open("e1", "k").After.Id;
        (await Port.Incidents.FindAsync(id, Limit)).ShouldBeNull();
        (await Port.Incidents.FindOpenAsync("k", Limit)).ShouldBeNull();
        (await Port.Incidents.FindCommandAsync(id, "k-1", Limit)).ShouldBeNull();
        (await Port.Incidents.ReadTransitionsAsync(id, Limit)).ShouldBeEmpty();
    }

    [Fact]
    public async Task OnlyTheStoredVersionMayBeFollowed()
    {
        var opened = Open("e1", "k");
        await CommitAsync(opened);
        var accepted = Command(opened.After, CommandNames.Accept);

        (await CommitAsync(opened)).Outcome.ShouldBe(IncidentCommitOutcome.VersionConflict);
        (await CommitAsync(CommitOf(accepted) with { ExpectedVersion = opened.After.Version + 1 })).Outcome.ShouldBe(IncidentCommitOutcome.VersionConflict);
        (await CommitAsync(accepted)).Outcome.ShouldBe(IncidentCommitOutcome.Stored);
        (await CommitAsync(accepted)).Outcome.ShouldBe(IncidentCommitOutcome.VersionConflict);

        (await Port.Incidents.FindAsync(opened.After.Id, Limit))!.State.ShouldBe(IncidentState.InProgress);
        (await Port.Incidents.ReadTransitionsAsync(opened.After.Id, Limit)).Length.ShouldBe(5);
        Port.Outbox.LastSequence.ShouldBe(5);
    }

    [Fact]
    public async Task OneOpenCasePerKey()
    {
        var first = Open("e1", "k");
        await CommitAsync(first);
        (await CommitAsync(Open("e2", "k"))).ShouldBe(new(IncidentCommitOutcome.KeyTaken, first.After.Id));
        (await CommitAsync(Open("e3", "other"))).Outcome.ShouldBe(IncidentCommitOutcome.Stored);
        (await Port.Incidents.FindOpenAsync("k", Limit)).ShouldBe(first.After.Id);
        Port.Outbox.LastSequence.ShouldBe(8);

        var ended = Command(first.After, CommandNames.Void);
        await CommitAsync(ended);
        (await Port.Incidents.FindOpenAsync("k", Limit)).ShouldBeNull();
        var second = Open("e2", "k");
        (await CommitAsync(second)).Outcome.ShouldBe(IncidentCommitOutcome.Stored);

        // Reopening the first would make two.
        var reopened = ended.After with { State = IncidentState.Registered, Version = ended.After.Version + 1 };
        var commit = new IncidentCommit { Incident = reopened, ExpectedVersion = ended.After.Version, Transitions = [], Outbox = [] };
        (await CommitAsync(commit)).ShouldBe(new(IncidentCommitOutcome.KeyTaken, second.After.Id));
    }

    [Fact]
    public async Task OfManyOpeningsWithOneKeyOneWins()
    {
        var openings = Enumerable.Range(0, 20).Select(i => Open($"e{i}", "k")).ToList();
        var results = await Task.WhenAll(openings.Select(opening => CommitAsync(opening)));

        var winner = Array.FindIndex(results, result => result.Outcome == IncidentCommitOutcome.Stored);
        results.Where((_, i) => i != winner).ShouldAllBe(result => result == new IncidentCommitResult(IncidentCommitOutcome.KeyTaken, openings[winner].After.Id));
    }

    [Fact]
    public async Task ACommandIsFoundByItsIdAndItsIdIsTaken()
    {
        var opened = Open("e1", "k");
        await CommitAsync(opened);
        var accepted = Command(opened.After, CommandNames.Accept, "key-1");
        await CommitAsync(accepted);

        Json((await Port.Incidents.FindCommandAsync(opened.After.Id, "key-1", Limit))!).ShouldBe(Json(accepted.Steps[0]));
        (await Port.Incidents.FindCommandAsync(opened.After.Id, "key-2", Limit)).ShouldBeNull();

        var again = Command(accepted.After, CommandNames.Comment, "key-1");
        (await CommitAsync(again)).Outcome.ShouldBe(IncidentCommitOutcome.CommandTaken);
        (await Port.Incidents.FindAsync(opened.After.Id, Limit))!.Version.ShouldBe(accepted.After.Version);

        // The same id for another case is another command.
        var other = Open("e2", "other");
        await CommitAsync(other);
        (await CommitAsync(Command(other.After, CommandNames.Accept, "key-1"))).Outcome.ShouldBe(IncidentCommitOutcome.Stored);
    }

    [Fact]
    public async Task TheOutboxRowsOfACommitAreInTheOutbox()
    {
        var opened = Open("e1", "k");
        await CommitAsync(opened);

        Port.Outbox.LastSequence.ShouldBe(4);
        var entries = await Port.Outbox.ReadAfterAsync(0, 10, Limit);
        entries.Select(entry => entry.Sequence).ShouldBe([1, 2, 3, 4]);
        entries.ShouldAllBe(entry => entry.Row.Subject == opened.After.Id.Value && entry.Row.Topic == "incident");
    }

    protected Task<IncidentCommitResult> CommitAsync(CaseDecision.Accepted decision) => CommitAsync(CommitOf(decision));

    protected async Task<IncidentCommitResult> CommitAsync(IncidentCommit commit) => await Port.Incidents.CommitAsync(commit, Limit);

    private static string Json<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value);
}
