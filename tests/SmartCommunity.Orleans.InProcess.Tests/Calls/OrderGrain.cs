using Orleans;

namespace SmartCommunity.Orleans.InProcess.Tests.Calls;

public interface IOrderGrain : IGrainWithStringKey
{
    Task Take(int number);

    Task<int[]> Taken();

    /// <summary>Sends so many numbers to another grain without waiting in between.</summary>
    Task SendTo(string key, int count);
}

public sealed class OrderGrain : Grain, IOrderGrain
{
    private readonly List<int> _taken = [];

    public async Task Take(int number)
    {
        if (number % 3 == 0)
            await Task.Yield();
        _taken.Add(number);
        if (number % 7 == 0)
            await Task.Yield();
    }

    public Task<int[]> Taken() => Task.FromResult(_taken.ToArray());

    public Task SendTo(string key, int count)
    {
        var other = GrainFactory.GetGrain<IOrderGrain>(key);
        return Task.WhenAll(Enumerable.Range(0, count).Select(other.Take));
    }
}
