using SmartCommunity.Mqtt.Client.Publishing;

namespace SmartCommunity.Mqtt.Client.Tests.Publishing;

public sealed class PublishWindowTests
{
    private static readonly CountingOutcome Outcome = new(int.MaxValue);

    [Fact]
    public void Identifiers_come_in_turn_and_are_never_two_at_once()
    {
        const int Seed = 4711;
        var random = new Random(Seed);
        var window = new PublishWindow(20);
        var connection = window.StartConnection(65_535);
        var held = new List<ushort>();
        for (var step = 0; step < 20_000; step++)
        {
            if (random.Next(2) == 0)
            {
                var taken = window.TryTake(connection, Outcome, step, out var id);
                taken.ShouldBe(held.Count < 20, $"seed {Seed}, step {step}");
                if (!taken) continue;
                held.ShouldNotContain(id, $"seed {Seed}, step {step}");
                held.Add(id);
            }
            else if (held.Count > 0)
            {
                var id = held[random.Next(held.Count)];
                held.Remove(id);
                window.Release(id, out _).ShouldNotBeNull();
                window.Release(id, out _).ShouldBeNull();
            }

            window.InFlight.ShouldBe(held.Count);
        }
    }

    [Fact]
    public void A_new_connection_sends_the_rest_again_in_order_and_within_its_own_limit()
    {
        var window = new PublishWindow(5);
        var first = window.StartConnection(65_535);
        var ids = new ushort[4];
        for (var i = 0; i < 4; i++) window.TryTake(first, Outcome, i, out ids[i]).ShouldBeTrue();
        window.Release(ids[1], out _);
        window.TryTake(first, Outcome, 9, out var late).ShouldBeTrue();

        window.EndConnection();
        window.TryTake(first, Outcome, 0, out _).ShouldBeFalse();
        var second = window.StartConnection(receiveMaximum: 2);
        window.TryResend(first, out _, out _, out _).ShouldBeFalse();
        ushort[] expected = [ids[0], ids[2]];
        foreach (var id in expected)
        {
            window.TryResend(second, out var again, out _, out _).ShouldBeTrue();
            again.ShouldBe(id);
        }

        window.TryResend(second, out _, out _, out _).ShouldBeFalse("the server takes two");
        window.HasRoom(second).ShouldBeFalse("what is old comes first");
        window.Release(ids[0], out _).ShouldNotBeNull();
        // A late PUBACK of the old connection frees an identifier before it was sent again.
        window.Release(ids[3], out _).ShouldNotBeNull();
        window.TryResend(second, out var last, out _, out _).ShouldBeTrue();
        last.ShouldBe(late);
        window.Release(ids[2], out _);
        window.HasRoom(second).ShouldBeTrue();
    }
}
