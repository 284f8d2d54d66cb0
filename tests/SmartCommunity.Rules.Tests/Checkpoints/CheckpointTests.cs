using System.Buffers;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Checkpoints;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Rules.Tests.Support;

namespace SmartCommunity.Rules.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Fact]
    public void Every_prefix_and_every_longer_text_is_refused_and_the_state_stays()
    {
        var bytes = Saved(Lively());
        var other = Lively();
        var before = Saved(other);
        for (var length = 0; length < bytes.Length; length++)
        {
            Should.Throw<RuleStateException>(() => other.Rules.Restore(bytes.AsSpan(0, length)));
        }

        Should.Throw<RuleStateException>(() => other.Rules.Restore([.. bytes, 0]));
        Saved(other).ShouldBe(before);
    }

    [Fact]
    public void Damage_is_refused_or_harmless_but_never_another_exception()
    {
        var bytes = Saved(Lively());
        var random = new Random(11);
        for (var i = 0; i < 3000; i++)
        {
            var damaged = bytes.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Lively().Rules.Restore(damaged);
            }
            catch (RuleStateException)
            {
                // Refused, as it should be where the damage shows.
            }
        }
    }

    [Fact]
    public void A_version_that_is_not_known_is_refused()
    {
        var bytes = Saved(Lively());
        bytes[3]++;
        Should.Throw<RuleStateException>(() => Lively().Rules.Restore(bytes)).Message.ShouldContain("version");
    }

    [Fact]
    public void Version_1_has_these_bytes()
    {
        var bench = new Bench(Make.Rule("door"), Make.Device("d1")).Advance(0).Event(1, "d1", EventKind.DoorOpened, id: "x");
        Convert.ToHexStringLower(Saved(bench)).ShouldBe(Golden);

        var restored = new Bench(Make.Rule("door"), Make.Device("d1"));
        restored.Rules.Restore(Convert.FromHexString(Golden));
        restored.Advance(61).Moves.ShouldBe("Suspect→Active@61");
        restored.Last.Events.ShouldHaveSingleItem().Id.ShouldBe("x");
    }

    [Fact]
    public void A_changed_plan_keeps_what_fits_and_drops_the_rest()
    {
        var temperature = Make.Rule("threshold", "metric=temperature", "above=40");
        var devices = new[] { Make.Device("d1"), Make.Device("d2") };
        var bench = new Bench([temperature, Make.Rule("smoke-gas"), Make.Rule("door")], devices);
        bench.Sample(0, "d1", "temperature", 50).Event(0, "d1", EventKind.Smoke).Event(0, "d2", EventKind.Smoke).Event(0, "d1", EventKind.DoorForced);

        // The door rule is gone, the device d2 is gone, the threshold watches another metric; the smoke rule has another hold.
        var plan = RulePlan.Compile([Make.Rule("threshold", "metric=humidity", "above=40"), Make.Rule("smoke-gas", "hold=5s") with { Version = 2 }], [devices[0]]);
        bench.Rules.Replace(plan);
        bench.Only().Key.ShouldBe("yunqi/smoke-gas/d1/smoke");
        bench.Only().RuleVersion.ShouldBe(2);
        bench.Changes.Clear();
        bench.Event(10, "d1", EventKind.Smoke, phase: EventPhase.Stop).Advance(15).Moves.ShouldBe("Active→Clearing@10 Clearing→Cleared@15");
    }

    [Fact]
    public void New_devices_of_a_plan_are_watched_from_then_on()
    {
        var rule = Make.Rule("device-offline", "silent-after=60s");
        var bench = new Bench(rule, Make.Device("d1")).Advance(0).Sample(90, "d1", "humidity", 1).Advance(100);
        bench.Rules.Replace(RulePlan.Compile([rule], [Make.Device("d1"), Make.Device("d2")]));
        bench.Changes.Clear();
        bench.Advance(159).Changes.ShouldHaveSingleItem().Devices[0].Id.Value.ShouldBe("d1");
        bench.Advance(160).Last.Devices[0].Id.Value.ShouldBe("d2");
    }

    [Fact]
    public void What_is_long_over_is_forgotten()
    {
        var bench = new Bench(Make.Rule("duress"), Make.Device("d1"));
        for (var i = 0; i < 100; i++)
        {
            bench.Event(i * 60, "d1", EventKind.Duress).Advance(i * 60);
        }

        bench.Advance(20_000).Advance(30_000);
        Saved(bench).Length.ShouldBeLessThan(150);
    }

    private const string Golden =
        "5343520100bc40f6a101000040335cf6a101000000bc40f6a10100000101000000020000006431e8bf40f6a101000000bc40f6a10100000000000000"
        + "00000000000080010000001c00000079756e71692f646f6f722f64312f646f6f722d68656c642d6f70656e04000000646f6f720e000000646f6f722d"
        + "68656c642d6f70656e01e8bf40f6a1010000e8bf40f6a101000001743a581b6818342400000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000001e8bf40f6a101000060ea000000000000ffffffffffffff7f04000000"
        + "64312f7802000000000000f03fe8bf40f6a101000001000000000000010000000200000064311e000000010000000000000000000102643100000100"
        + "000700d0ff85e4be68017800";

    private static Bench Lively()
    {
        var bench = new Bench(Script.Rules, Script.Devices);
        foreach (var step in Script.InOrder(3, 60))
        {
            step.Play(bench.Rules, bench.Changes);
        }

        return bench;
    }

    private static byte[] Saved(Bench bench)
    {
        var buffer = new ArrayBufferWriter<byte>();
        bench.Rules.Save(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
