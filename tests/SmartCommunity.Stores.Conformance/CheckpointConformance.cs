using SmartCommunity.Stores.Checkpoints;

namespace SmartCommunity.Stores.Conformance;

public abstract class CheckpointConformance : PortConformance<ICheckpointStore>
{
    [Fact]
    public async Task AStateComesBackAfterReopening()
    {
        var state = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31)).ToArray();
        var etag = await Port.WriteAsync("building", "c1/b1", state, null, Limit);
        await ReopenAsync();

        var read = (await Port.ReadAsync("building", "c1/b1", Limit)).ShouldNotBeNull();
        read.State.ToArray().ShouldBe(state);
        read.ETag.ShouldBe(etag);
    }

    [Fact]
    public async Task WhatIsNotThereIsNull()
    {
        await Port.WriteAsync("building", "c1/b1", new byte[] { 1 }, null, Limit);

        (await Port.ReadAsync("building", "c1/b2", Limit)).ShouldBeNull();
        (await Port.ReadAsync("grid", "c1/b1", Limit)).ShouldBeNull();
    }

    [Fact]
    public async Task AnEmptyStateIsAState()
    {
        await Port.WriteAsync("n", "k", ReadOnlyMemory<byte>.Empty, null, Limit);
        (await Port.ReadAsync("n", "k", Limit)).ShouldNotBeNull().State.Length.ShouldBe(0);
    }

    [Fact]
    public async Task OnlyTheStoredETagMayWrite()
    {
        var first = await Port.WriteAsync("n", "k", new byte[] { 1 }, null, Limit);
        (await Port.WriteAsync("n", "k", new byte[] { 2 }, null, Limit)).ShouldBeNull();
        (await Port.WriteAsync("n", "k", new byte[] { 2 }, "of another world", Limit)).ShouldBeNull();
        (await Port.WriteAsync("n", "absent", new byte[] { 2 }, first, Limit)).ShouldBeNull();

        var second = (await Port.WriteAsync("n", "k", new byte[] { 3 }, first, Limit)).ShouldNotBeNull();
        second.ShouldNotBe(first);
        (await Port.WriteAsync("n", "k", new byte[] { 4 }, first, Limit)).ShouldBeNull();
        (await Port.ReadAsync("n", "k", Limit))!.State.ToArray().ShouldBe([3]);
    }

    [Fact]
    public async Task ClearingTakesTheStoredETagAndETagsNeverComeBack()
    {
        var first = await Port.WriteAsync("n", "k", new byte[] { 1 }, null, Limit);
        (await Port.ClearAsync("n", "k", null, Limit)).ShouldBeFalse();
        (await Port.ClearAsync("n", "k", first, Limit)).ShouldBeTrue();
        (await Port.ReadAsync("n", "k", Limit)).ShouldBeNull();

        var again = await Port.WriteAsync("n", "k", new byte[] { 2 }, null, Limit);
        again.ShouldNotBeNull().ShouldNotBe(first);
        (await Port.WriteAsync("n", "k", new byte[] { 3 }, first, Limit)).ShouldBeNull();
    }

    [Fact]
    public async Task OfManyWritersWithOneETagOneWins()
    {
        var first = await Port.WriteAsync("n", "k", new byte[] { 0 }, null, Limit);
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Port.WriteAsync("n", "k", new[] { (byte)i }, first, Limit).AsTask()));

        var winner = Array.FindIndex(answers, answer => answer is not null);
        answers.Count(answer => answer is not null).ShouldBe(1);
        (await Port.ReadAsync("n", "k", Limit))!.State.ToArray().ShouldBe([(byte)(winner + 1)]);
    }
}
