using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SmartCommunity.Host.Configuration;

namespace SmartCommunity.Host.Commands;

/// <summary>The command line: <c>demo</c> and <c>serve</c>.</summary>
internal static class HostCommand
{
    /// <summary>The exit code of a wrong option, a taken port, an unwritable folder: what the person who starts can mend.</summary>
    public const int ExitCodeOfMistake = 2;

    /// <summary>
    /// How long a stop may take before the process ends all the same. Default: 30 s, three times what the host allows itself, so that it is never cut short
    /// in the middle of its draining; the parser's own 2 s would be.
    /// </summary>
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(30);

    private static readonly Option<string> Http = new("--http") { Description = "HTTP 监听地址 · where HTTP listens", HelpName = "ADDRESS:PORT" };
    private static readonly Option<string> Mqtt = new("--mqtt") { Description = "MQTT 监听地址 · where MQTT listens", HelpName = "ADDRESS:PORT" };
    private static readonly Option<string> Mqtts = new("--mqtts") { Description = "MQTT over TLS 监听地址，需要证书 · needs a certificate", HelpName = "ADDRESS:PORT" };
    private static readonly Option<string> Data = new("--data") { Description = "数据目录 · the folder for everything that is kept", HelpName = "FOLDER" };
    private static readonly Option<string> Bridges = new("--bridges") { Description = "桥接配置 · a JSON file with the brokers to take messages from", HelpName = "FILE" };
    private static readonly Option<string> Accounts = new("--accounts") { Description = "账户文件（YAML），修改后自动重新读取 · a file of accounts, reloaded when it changes", HelpName = "FILE" };
    private static readonly Option<int> Devices = new("--devices") { Description = "模拟设备数量，0 表示不模拟 · simulated devices, 0 = none", DefaultValueFactory = _ => int.MaxValue, HelpName = "N", Validators = { RefuseNegative } };
    private static readonly Option<int> Seed = new("--seed") { Description = "模拟的随机种子 · the seed of the simulation", DefaultValueFactory = _ => 1, HelpName = "N" };

    private static RootCommand Create()
    {
        var demo = new Command("demo", "示例社区、模拟设备与控制台 · a sample community with simulated devices") { Http, Mqtt, Mqtts, Data, Bridges, Accounts, Devices, Seed };
        demo.SetAction((result, cancellationToken) => StartAsync(result, new DemoMode(result.GetValue(Devices), result.GetValue(Seed)), cancellationToken));
        var serve = new Command("serve", "正式运行，由 appsettings.json、环境变量与命令行配置 · the real thing") { Http, Mqtt, Mqtts, Data, Bridges, Accounts };
        serve.SetAction((result, cancellationToken) => StartAsync(result, demo: null, cancellationToken));
        var root = new RootCommand("SmartCommunity 智慧社区事件平台") { demo, serve };
        return root;
    }

    /// <summary>Parses and runs; a wrong option is one line and <see cref="ExitCodeOfMistake"/>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var result = Create().Parse(args);
        if (result.Errors.Count == 0)
        {
            return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LastResort });
        }

        await Console.Error.WriteLineAsync($"smartcommunity: {string.Join("; ", result.Errors.Select(error => error.Message))} (--help)");
        return ExitCodeOfMistake;
    }

    private static async Task<int> StartAsync(ParseResult result, DemoMode? demo, CancellationToken cancellationToken)
    {
        try
        {
            var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            Override(overrides, nameof(HostSettings.Http), result.GetValue(Http));
            Override(overrides, nameof(HostSettings.Mqtt), result.GetValue(Mqtt));
            Override(overrides, nameof(HostSettings.Mqtts), result.GetValue(Mqtts));
            Override(overrides, nameof(HostSettings.Data), result.GetValue(Data));
            Override(overrides, nameof(HostSettings.Accounts), result.GetValue(Accounts));
            Override(overrides, nameof(HostSettings.BridgesFile), result.GetValue(Bridges));
            await HostRunner.RunAsync(overrides, demo, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever stops a start gets what they asked for.
            return 0;
        }
        catch (StartException exception)
        {
            await Console.Error.WriteLineAsync("smartcommunity: " + exception.Message);
            return ExitCodeOfMistake;
        }
    }

    // What is no number at all is refused by the parser itself.
    private static void RefuseNegative(OptionResult result)
    {
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number < 0)
        {
            result.AddError($"{result.Option.Name} must be 0 or more");
        }
    }

    private static void Override(Dictionary<string, string?> overrides, string name, string? value)
    {
        if (value is not null)
        {
            overrides[$"{HostSettings.Section}:{name}"] = value;
        }
    }
}
