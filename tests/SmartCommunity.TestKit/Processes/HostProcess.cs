using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace SmartCommunity.TestKit.Processes;

/// <summary>The real host as a process of its own, on free loopback ports and a data folder that the caller chooses.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly HttpClient _http = new();

    private HostProcess(Process process, string data)
    {
        _process = process;
        Data = data;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The data folder.</summary>
    public string Data { get; }

    /// <summary>What it printed so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>The HTTP address; set once it is ready.</summary>
    public Uri Http { get; private set; } = null!;

    /// <summary>The MQTT port; set once it is ready.</summary>
    public int MqttPort { get; private set; }

    /// <summary>The process, for figures.</summary>
    public Process Process => _process;

    /// <summary>demo.json; read once it is ready.</summary>
    public JsonElement Demo { get; private set; }

    /// <summary>Starts <c>demo</c> on free ports and waits until it is ready.</summary>
    /// <param name="data">The data folder; the same one again is a restart.</param>
    /// <param name="options">Further options.</param>
    public static async Task<HostProcess> StartDemoAsync(string data, params string[] options)
    {
        var before = ReadDemo(data)?.StartedAt;
        var host = new HostProcess(Launch(["demo", "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--data", data, .. options]), data);
        try
        {
            using var limit = new CancellationTokenSource(StartLimit);
            while (ReadDemo(data) is not { } demo || demo.StartedAt == before || !await host.IsReadyAsync(demo.Http, limit.Token))
            {
                if (host._process.HasExited)
                {
                    throw new InvalidOperationException($"The host ended with {host._process.ExitCode}:\n{host.Output}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            }

            var (json, http, mqtt, _) = ReadDemo(data)!;
            (host.Demo, host.Http, host.MqttPort) = (json, http, mqtt);
            return host;
        }
        catch (Exception exception) when (exception is OperationCanceledException)
        {
            await host.DisposeAsync();
            throw new TimeoutException($"The host was not ready within {StartLimit}:\n{host.Output}", exception);
        }
    }

    /// <summary>Runs the host with any arguments until it ends by itself.</summary>
    /// <returns>The exit code, what it wrote to standard output and to standard error.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(TimeSpan limit, params string[] arguments)
    {
        using var process = Launch(arguments);
        using var timeout = new CancellationTokenSource(limit);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The host did not end within {limit}.", exception);
        }
    }

    /// <summary>Pulls the plug: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as a service manager does: SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(TimeSpan limit)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        using var timeout = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        _http.Dispose();
    }

    private static Process Launch(IEnumerable<string> arguments)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "SmartCommunity.Host.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", dll, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The host could not be started.");
    }

    private static DemoState? ReadDemo(string data)
    {
        var file = Path.Combine(data, "demo.json");
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));
            return new(json, new(json.GetProperty("http").GetString()!), json.GetProperty("mqtt").GetProperty("port").GetInt32(), File.GetLastWriteTimeUtc(file));
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return null;
        }
    }

    private async Task<bool> IsReadyAsync(Uri http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(http, "/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }

    private sealed record DemoState(JsonElement Json, Uri Http, int MqttPort, DateTime StartedAt);
}
