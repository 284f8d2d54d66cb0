using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace SmartCommunity.TestKit.Processes;

/// <summary>The real host as a process of its own, on free loopback ports and a data folder that the caller chooses.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    // It takes two seconds; a machine that builds something else at the same time takes a minute.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);

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

    /// <summary>The port of MQTT over TLS, when it listens there; <c>serve</c> only.</summary>
    public int? MqttsPort { get; private set; }

    /// <summary>The process, for figures.</summary>
    public Process Process => _process;

    /// <summary>demo.json; of <c>demo</c> only.</summary>
    public JsonElement Demo { get; private set; }

    /// <summary>Starts <c>demo</c> on free ports and waits until it is ready.</summary>
    /// <param name="data">The data folder; the same one again is a restart.</param>
    /// <param name="options">Further options.</param>
    public static Task<HostProcess> StartDemoAsync(string data, params string[] options) => StartDemoAsync(data, environment: null, options);

    /// <summary>Starts <c>demo</c> with variables of the environment, for example limits.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="environment">The variables; null for none.</param>
    /// <param name="options">Further options.</param>
    public static Task<HostProcess> StartDemoAsync(string data, IReadOnlyDictionary<string, string>? environment, params string[] options)
    {
        var before = HostAddresses.ReadDemo(data)?.WrittenAt;
        return StartAsync("demo", data, options, environment, _ => HostAddresses.ReadDemo(data) is { } demo && demo.WrittenAt != before ? demo.Addresses : null);
    }

    /// <summary>Starts <c>serve</c> on free ports and waits until it is ready.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="environment">The configuration, for example <c>SMARTCOMMUNITY__COMMUNITY</c>.</param>
    /// <param name="options">Further options.</param>
    public static Task<HostProcess> StartServeAsync(string data, IReadOnlyDictionary<string, string> environment, params string[] options) =>
        StartAsync("serve", data, options, environment, host => host._lines.Select(HostAddresses.ReadLine).FirstOrDefault(addresses => addresses is not null));

    /// <summary>Runs the host with any arguments until it ends by itself.</summary>
    /// <returns>The exit code, what it wrote to standard output and to standard error.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(TimeSpan limit, params string[] arguments)
    {
        using var process = HostLaunch.Start(arguments);
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

    /// <summary>Asks it to stop, as a service manager does (SIGTERM) or as Ctrl-C does (INT).</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It did not stop in time.</exception>
    public async Task<int> StopAsync(TimeSpan limit, string signal = "TERM")
    {
        HostLaunch.Signal(_process, signal);
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"The host did not stop within {limit} of SIG{signal}:\n{Output}", exception);
        }
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

    private static async Task<HostProcess> StartAsync(
        string verb, string data, string[] options, IReadOnlyDictionary<string, string>? environment, Func<HostProcess, HostAddresses?> find)
    {
        var host = new HostProcess(HostLaunch.Start([verb, "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--data", data, .. options], environment), data);
        try
        {
            using var limit = new CancellationTokenSource(StartLimit);
            HostAddresses? found;
            while ((found = find(host)) is null || !await host.IsReadyAsync(found.Http, limit.Token))
            {
                if (host._process.HasExited)
                {
                    throw new InvalidOperationException($"The host ended with {host._process.ExitCode}:\n{host.Output}");
                }

                await Task.Delay(PollPeriod, TimeProvider.System, limit.Token);
            }

            (host.Http, host.MqttPort, host.MqttsPort, host.Demo) = (found.Http, found.MqttPort, found.MqttsPort, found.Demo);
            return host;
        }
        catch (OperationCanceledException exception)
        {
            await host.DisposeAsync();
            throw new TimeoutException($"The host was not ready within {StartLimit}:\n{host.Output}", exception);
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
}
