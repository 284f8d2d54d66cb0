using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Events.Tests.Support;

/// <summary>Random batches, the same for the same seed, with everything that a batch can hold.</summary>
internal static class AnyBatch
{
    private static readonly string[] Texts = ["", "a", "沪A12345", "🏠 home", "tab\tand\nline", new string('x', 300), "é\u0301"];
    private static readonly double[] Numbers = [0, -0.0, 1, -1.5, 1e-300, double.MaxValue, double.MinValue, double.Epsilon, 0.1];

    public static EventBatch Draw(Random random)
    {
        var received = DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(-1_000_000_000_000, 4_000_000_000_000));
        return new()
        {
            ReceivedAt = received,
            Samples = [.. Enumerable.Range(0, random.Next(6)).Select(_ => new Sample(Device(random), $"metric-{random.Next(4)}", Near(received, random), Number(random)))],
            Events = [.. Enumerable.Range(0, random.Next(5)).Select(_ => Event(received, random))],
            DeadLetter = random.Next(3) == 0 ? Letter(random) : null,
        };
    }

    private static CommunityEvent Event(DateTimeOffset received, Random random) => new()
    {
        Id = Pick(Texts, random),
        Device = Device(random),
        Kind = Pick(EventKinds.All.Select(entry => entry.Kind).ToArray(), random),
        Phase = (EventPhase)random.Next(3),
        Time = Near(received, random),
        TimeIsReceipt = random.Next(2) == 0,
        Historical = random.Next(2) == 0,
        Confidence = random.Next(2) == 0 ? random.NextDouble() : null,
        Data = random.Next(2) == 0 ? EventData.Empty : EventData.FromObject(new { plate = Pick(Texts, random), floor = random.Next(30) }),
        Evidence = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new EvidenceLink("image/jpeg", "s3://bucket/" + Pick(Texts, random)))],
    };

    private static DeadLetter Letter(Random random)
    {
        var payload = new byte[random.Next(200)];
        random.NextBytes(payload);
        return new("sc/v1/x/event", payload, random.Next(2) == 0 ? Device(random) : null, random.Next(2) == 0 ? "native" : "", Pick(Texts, random));
    }

    private static DeviceId Device(Random random) => DeviceId.Parse($"device-{random.Next(5)}");

    private static DateTimeOffset Near(DateTimeOffset time, Random random) => time.AddMilliseconds(random.Next(5) == 0 ? random.NextInt64(-40_000_000_000, 40_000_000_000) : random.Next(-5000, 5000));

    private static double Number(Random random) => random.Next(2) == 0 ? Pick(Numbers, random) : random.NextDouble() * 1000;

    private static T Pick<T>(T[] items, Random random) => items[random.Next(items.Length)];
}
