using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Tests.Topics;

public sealed class TopicFilterTreeTests
{
    // The examples of MQTT 5.0 section 4.7.
    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/monitor/Clients", "$SYS/monitor/Clients", false)]
    [InlineData("$SYS/#", "$SYS/monitor", true)]
    [InlineData("$SYS/monitor/+", "$SYS/monitor/Clients", true)]
    [InlineData("#", "a/$SYS", true)]
    [InlineData("a/+", "a/$SYS", true)]
    [InlineData("Accounts", "ACCOUNTS", false)]
    [InlineData("+/#", "a", true)]
    [InlineData("a", "a/", false)]
    public void MatchesAsTheSpecificationSays(string filter, string topic, bool matches)
    {
        TopicMatcher.Matches(filter, topic).ShouldBe(matches);
        var tree = new TopicFilterTree<int>();
        tree.Add(filter, 1);
        Match(tree, topic).Count.ShouldBe(matches ? 1 : 0);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1977)]
    public void AgreesWithTheSlowMatcherUnderRandomAddsAndRemoves(int seed)
    {
        var random = new Random(seed);
        var tree = new TopicFilterTree<int>();
        var model = new HashSet<(string Filter, int Value)>();
        for (var round = 0; round < 4_000; round++)
        {
            var pair = (Filter: Filter(random), Value: random.Next(3));
            if (random.Next(2) == 0) tree.Add(pair.Filter, pair.Value).ShouldBe(model.Add(pair));
            else tree.Remove(pair.Filter, pair.Value).ShouldBe(model.Remove(pair));
            tree.Count.ShouldBe(model.Count);

            var topic = Topic(random);
            var expected = model.Where(p => TopicMatcher.Matches(p.Filter, topic)).Select(p => p.Value).Order();
            Match(tree, topic).Order().ShouldBe(expected, $"seed {seed}, round {round}, topic {topic}");
        }

        foreach (var (filter, value) in model) tree.Remove(filter, value).ShouldBeTrue();
        tree.Count.ShouldBe(0);
    }

    private static List<int> Match(TopicFilterTree<int> tree, string topic)
    {
        var matches = new List<int>();
        tree.Match(topic, matches);
        return matches;
    }

    private static string Topic(Random random) => string.Join('/', Levels(random, "a", "b", "", "$x"));

    private static string Filter(Random random)
    {
        var filter = string.Join('/', Levels(random, "a", "b", "", "+", "$x"));
        return random.Next(4) == 0 ? (random.Next(5) == 0 ? "#" : filter + "/#") : filter;
    }

    private static IEnumerable<string> Levels(Random random, params string[] from) =>
        Enumerable.Range(0, random.Next(1, 5)).Select(_ => from[random.Next(from.Length)]).ToArray();
}
