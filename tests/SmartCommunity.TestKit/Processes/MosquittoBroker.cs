using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SmartCommunity.TestKit.Processes;

/// <summary>A mosquitto of the machine with a configuration of its own, on free loopback ports, everybody let in. Killed at the end.</summary>
public sealed class MosquittoBroker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private MosquittoBroker(string program, IEnumerable<string> settings, IEnumerable<string> secondListener)
    {
        Port = FreePort();
        SecondPort = FreePort();
        string[] lines =
        [
            // Started as root, it would become a user who can not read the test's files.
            "user root", "allow_anonymous true", "persistence false", .. settings, Line($"listener {Port} 127.0.0.1"),
        ];
        var second = secondListener.ToList();
        if (second.Count > 0) lines = [.. lines, Line($"listener {SecondPort} 127.0.0.1"), .. second];
        File.WriteAllLines(_folder["mosquitto.conf"], lines);
        _process = Process.Start(new ProcessStartInfo(program, ["-c", _folder["mosquitto.conf"]])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The port of plain MQTT on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The port of the second listener, when there is one.</summary>
    public int SecondPort { get; }

    private string Output { get; set; } = "";

    /// <summary>Starts a broker and waits until it listens.</summary>
    /// <param name="settings">Lines of its configuration that stand before the listeners.</param>
    /// <param name="secondListener">Lines of a second listener, for example its certificate; empty for none.</param>
    public static async Task<MosquittoBroker> StartAsync(IEnumerable<string>? settings = null, IEnumerable<string>? secondListener = null)
    {
        var program = InstalledTool.Find("mosquitto") ?? throw new InvalidOperationException("mosquitto is not installed.");
        var broker = new MosquittoBroker(program, settings ?? [], secondListener ?? []);
        var clock = Stopwatch.StartNew();
        while (!(await ListensAsync(broker.Port) && (secondListener is null || await ListensAsync(broker.SecondPort))))
        {
            if (broker._process.HasExited || clock.Elapsed > Patience)
            {
                await broker.DisposeAsync();
                throw new InvalidOperationException($"mosquitto did not start:\n{broker.Output}");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }

        return broker;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Keep(string? line) => Output += line is null ? "" : line + "\n";
}
