using SmartCommunity.Mqtt.Server.Connections;

namespace SmartCommunity.Mqtt.Server.Tests.Connections;

public sealed class WakeSignalTests
{
    [Fact]
    public async Task SettingBeforeWaitingLetsOneWaitPass()
    {
        var signal = new WakeSignal();
        signal.Set();
        signal.Set();
        signal.WaitAsync().IsCompleted.ShouldBeTrue();
        var second = signal.WaitAsync();
        second.IsCompleted.ShouldBeFalse();
        signal.Set();
        await second;
    }

    [Fact]
    public async Task NoWakeIsLostUnderContention()
    {
        var signal = new WakeSignal();
        var produced = 0;
        const int Total = 200_000;
        var producers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Total / 4; i++)
            {
                Interlocked.Increment(ref produced);
                signal.Set();
            }
        })).ToArray();

        var consumer = Task.Run(async () =>
        {
            while (Volatile.Read(ref produced) < Total) await signal.WaitAsync();
        });
        await Task.WhenAll([.. producers, consumer]).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
