using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SmartCommunity.Benchmarks.Measuring;

namespace SmartCommunity.Benchmarks.Peers;

/// <summary>A mosquitto of our own on a free port, which acknowledges QoS 1 from memory.</summary>
internal sealed class Mosquitto : IOpenServer
{
    private static readonly string[] Places = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto"];
    private readonly Process _process;
    private readonly string _config;

    private Mosquitto(Process process, string config, int port, string name) => (_process, _config, Port, Name) = (process, config, port, name);

    public int Port { get; }

    public string Name { get; }

    public double PeakMebibytes => ProcessFigures.PeakMebibytes(_process);

    public double ResidentMebibytes => ProcessFigures.ResidentMebibytes(_process);

    public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ServerFigures> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(new ServerFigures(ProcessFigures.Cpu(_process), Metrics: null));

    /// <summary>Starts it; null, with a word about it, where it is not installed.</summary>
    public static async Task<Mosquitto?> StartAsync(string folder, CancellationToken cancellationToken)
    {
        if (Array.Find(Places, File.Exists) is not { } program)
        {
            await Console.Error.WriteLineAsync("mosquitto is not installed; it is left out.");
            return null;
        }

        var port = FreePort();
        var config = Path.Combine(folder, "mosquitto.conf");
        // The user line counts only for root; mosquitto would otherwise change to a user that may not exist.
        await File.WriteAllTextAsync(
            config,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                 listener {port} 127.0.0.1
                 allow_anonymous true
                 persistence false
                 max_inflight_messages 0
                 max_queued_messages 0
                 set_tcp_nodelay true
                 log_type error
                 user {Environment.UserName}

                 """),
            cancellationToken);
        var process = Process.Start(new ProcessStartInfo(program, ["-c", config]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await WaitUntilItListensAsync(process, port, cancellationToken);
        return new(process, config, port, await ReadVersionAsync(program, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        File.Delete(_config);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task WaitUntilItListensAsync(Process process, int port, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (!process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            }
        }

        throw new InvalidOperationException($"mosquitto ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync(cancellationToken)}");
    }

    // «mosquitto version 2.0.21»: it prints its version with its help, and ends with an error.
    private static async Task<string> ReadVersionAsync(string program, CancellationToken cancellationToken)
    {
        using var help = Process.Start(new ProcessStartInfo(program, ["-h"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = await help.StandardOutput.ReadToEndAsync(cancellationToken);
        await help.WaitForExitAsync(cancellationToken);
        return text.Split('\n')[0].Trim();
    }
}
