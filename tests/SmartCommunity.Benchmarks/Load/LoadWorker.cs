using System.Net.Sockets;

namespace SmartCommunity.Benchmarks.Load;

/// <summary>
/// A thread that sends and receives for its part of the devices. It polls: with a thread pool in between, a delay would be that of the generator's own queues.
/// </summary>
internal sealed class LoadWorker : IDisposable
{
    // The shortest that the system waits for sockets; acknowledgements end it early.
    private const int PollMicroseconds = 1_000;

    private readonly LoadDevice[] _devices;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IPace _pace = Silence.Instance;
    private volatile bool _stopping;

    public LoadWorker(LoadDevice[] devices, TimeProvider time)
    {
        (_devices, _time) = (devices, time);
        _thread = new Thread(Run) { IsBackground = true, Name = "load" };
        _thread.Start();
    }

    /// <summary>Ends when the worker is disposed of, or fails with the server.</summary>
    public Task Ended => _ended.Task;

    /// <summary>What the devices publish from now on.</summary>
    public void Begin(IPace pace) => _pace = pace;

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            var bySocket = _devices.ToDictionary(device => device.Socket);
            var readable = new List<Socket>(_devices.Length);
            while (!_stopping)
            {
                Publish();
                readable.Clear();
                readable.AddRange(bySocket.Keys);
                Socket.Select(readable, checkWrite: null, checkError: null, PollMicroseconds);
                readable.ForEach(socket => bySocket[socket].Receive());
            }

            _ended.SetResult();
        }
        catch (Exception failure)
        {
            _ended.SetException(failure);
        }
    }

    private void Publish()
    {
        var pace = _pace;
        var now = _time.GetTimestamp();
        for (var i = 0; i < _devices.Length; i++)
        {
            while (pace.DueAt(_devices[i], now) is var due && due <= now && _devices[i].TryPublish(due))
            {
                pace.Published(_devices[i]);
            }

            _devices[i].Send();
        }
    }
}
