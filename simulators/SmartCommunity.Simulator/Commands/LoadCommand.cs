using System.CommandLine;
using System.Globalization;
using SmartCommunity.Simulation.Demo;
using SmartCommunity.Simulation.Load;

namespace SmartCommunity.Simulator.Commands;

/// <summary><c>load</c>: presses a running system with QoS 1 telemetry and prints how fast it acknowledges.</summary>
internal static class LoadCommand
{
    private static readonly Option<double> Rate = New("--rate", "Messages per second in all; 0 for as many as are acknowledged.", 1000.0);
    private static readonly Option<double> Seconds = New("--seconds", "How long to send.", 10.0);
    private static readonly Option<int> Connections = New("--connections", "MQTT connections.", 8);
    private static readonly Option<string?> Demo = New<string?>("--demo", "The demo.json of the system; ./data/demo.json without --host.", null);
    private static readonly Option<string?> Host = New<string?>("--host", "The MQTT host of a system that asks for no sign-in, instead of --demo.", null);
    private static readonly Option<int> Port = New("--port", "Its port.", 1883);
    private static readonly Option<int> PayloadBytes = New("--payload-bytes", "Bytes of each payload.", 200);
    private static readonly Option<int> InFlight = New("--in-flight", "Messages per connection that may wait for their PUBACK.", 500);

    public static Command Create()
    {
        var command = new Command("load", "Press a running system and print how fast it acknowledges.")
        {
            Rate, Seconds, Connections, Demo, Host, Port, PayloadBytes, InFlight,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static Option<T> New<T>(string name, string use, T standard) => new(name) { Description = use, DefaultValueFactory = _ => standard };

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        LoadOptions options;
        try
        {
            options = await ReadAsync(call, cancellationToken);
            options.Check();
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            return await SimulatorCommand.RefuseAsync(exception.Message);
        }

        Console.WriteLine("            sent      acked     acked/s        p50        p99        max     errors");
        var second = 0;
        var (total, failure) = await new LoadGenerator(options, TimeProvider.System)
            .RunAsync(figures => Print($"{++second,4} s", figures), cancellationToken);
        Print("total", total);
        if (failure is not null) await Console.Error.WriteLineAsync(failure);
        return total.Acknowledged == 0 ? SimulatorCommand.Unusable : total.Errors > 0 ? SimulatorCommand.Failed : 0;
    }

    private static async Task<LoadOptions> ReadAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var host = call.GetValue(Host);
        var port = call.GetValue(Port);
        IReadOnlyList<LoadAccount> accounts = [.. Enumerable.Range(1, call.GetValue(Connections)).Select(i => new LoadAccount($"load-{i}", Token: null))];
        if (host is null)
        {
            var demo = await DemoFile.ReadAsync(call.GetValue(Demo) ?? Path.Combine("data", DemoFile.FileName), cancellationToken);
            (host, port) = (demo.Mqtt.Host, demo.Mqtt.Port);
            accounts = [.. demo.Devices.Select(device => new LoadAccount(device.Id, device.Token))];
        }

        return new LoadOptions
        {
            Host = host,
            Port = port,
            Accounts = accounts,
            Rate = call.GetValue(Rate),
            Duration = TimeSpan.FromSeconds(call.GetValue(Seconds)),
            Connections = call.GetValue(Connections),
            PayloadBytes = call.GetValue(PayloadBytes),
            InFlight = call.GetValue(InFlight),
        };
    }

    private static void Print(string name, LoadFigures figures) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name} {figures.Sent,10:N0} {figures.Acknowledged,10:N0} {figures.Rate,11:N0} "
        + $"{Text(figures.P50)} {Text(figures.P99)} {Text(figures.Max)} {figures.Errors,10:N0}"));

    private static string Text(TimeSpan delay) => string.Create(CultureInfo.InvariantCulture, $"{delay.TotalMilliseconds,7:0.00} ms");
}
