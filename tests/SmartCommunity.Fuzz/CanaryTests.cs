using SmartCommunity.Fuzz.Oracles;

namespace SmartCommunity.Fuzz;

/// <summary>
/// Shows that the campaigns can fail: an oracle with a small planted mistake must be told apart from the library within the rounds that every test run
/// plays. What finds a wrong oracle beside a right library finds a wrong library beside a right oracle.
/// </summary>
public sealed class CanaryTests
{
    [Theory]
    [InlineData(1, "longer forms of the remaining length pass")]
    [InlineData(2, "packets one byte above the limit pass")]
    public void FrameMistakesAreFound(int bug, string what) => FrameFuzz.Play(20_000, new NaiveFrames(90, bug)).ShouldNotBeNull(what);

    [Theory]
    [InlineData(1, "properties may stand there twice")]
    [InlineData(2, "a PUBLISH at QoS 3 passes")]
    public void PacketMistakesAreFound(int bug, string what) =>
        PacketFuzz.Play(40_000, version => new NaiveDecoder(version, bug)).ShouldNotBeNull(what);

    [Theory]
    [InlineData(1, "'#' may stand before the end")]
    [InlineData(2, "wildcards at the start match '$' topics")]
    [InlineData(3, "'#' does not match the level before it")]
    public void TopicMistakesAreFound(int bug, string what) => TopicFuzz.Play(40_000, new NaiveTopics(bug)).ShouldNotBeNull(what);
}
