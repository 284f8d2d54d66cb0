using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using SmartCommunity.EndToEnd.Tests.Support;

namespace SmartCommunity.EndToEnd.Tests.RealClients.Support;

/// <summary>A client program of somebody else, with what it says line by line. It is killed when the test is done with it.</summary>
internal sealed class ClientProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _said = new();
    private int _openStreams = 2;

    private ClientProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything that it said so far, errors too.</summary>
    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    public static ClientProcess Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        return new(Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started."));
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code and what it said.</returns>
    public static async Task<(int ExitCode, string Said)> RunAsync(string program, params IEnumerable<string> arguments)
    {
        await using var client = Start(program, arguments);
        return (await client.ExitAsync(), client.Said);
    }

    /// <summary>Waits for a line that fits; others are passed over.</summary>
    public async Task<string> LineAsync(Func<string, bool> isIt)
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(limit.Token);
                if (isIt(line)) return line;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            throw new InvalidOperationException($"{_process.StartInfo.FileName} did not say what was expected. It said:\n{Said}", exception);
        }
    }

    public Task<string> LineAsync(string text) => LineAsync(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits until it ends by itself and has said everything.</summary>
    public async Task<int> ExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end. It said:\n{Said}", exception);
        }

        return _process.ExitCode;
    }

    /// <summary>It loses its power.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _openStreams) == 0) _lines.Writer.TryComplete();
            return;
        }

        lock (_said) _said.AppendLine(line);
        _lines.Writer.TryWrite(line);
    }
}
