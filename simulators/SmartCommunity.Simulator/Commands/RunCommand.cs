using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Simulation.Demo;
using SmartCommunity.Simulation.Fleet;
using SmartCommunity.Simulation.Scenarios;

namespace SmartCommunity.Simulator.Commands;

/// <summary><c>run</c>: plays a scenario against a running system and scores what it raised against the truth.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> File = new("scenario") { Description = "The scenario file (YAML)." };
    private static readonly Option<string> Demo = new("--demo")
    {
        Description = "The demo.json of the system.",
        DefaultValueFactory = _ => Path.Combine("data", DemoFile.FileName),
    };

    private static readonly Option<ulong> Seed = new("--seed") { Description = "Equal seeds play the same.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Out = new("--out") { Description = "Where to write the score (JSON)." };

    public static Command Create()
    {
        const string Use = "Play a scenario against a running system and score it. Start the system with demo --devices 0.";
        var command = new Command("run", Use) { File, Demo, Seed, Out };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        try
        {
            var scenario = ScenarioFile.Parse(await System.IO.File.ReadAllTextAsync(call.GetRequiredValue(File), cancellationToken));
            var demo = await DemoFile.ReadAsync(call.GetRequiredValue(Demo), cancellationToken);
            if (demo.Devices.Count == 0 || demo.People.Count == 0) return await SimulatorCommand.RefuseAsync("The demo file names no devices or no people.");

            var run = new ScenarioRun(scenario, demo, call.GetValue(Seed), TimeProvider.System, NullLogger<FleetRunner>.Instance);
            var score = await run.RunAsync(Console.WriteLine, cancellationToken);
            if (call.GetValue(Out) is { } path) await System.IO.File.WriteAllBytesAsync(path, score.ToJson(), cancellationToken);
            Print(score);
            return score.IsPerfect ? 0 : SimulatorCommand.Failed;
        }
        catch (Exception exception) when (
            exception is FormatException or IOException or UnauthorizedAccessException or HttpRequestException or TimeoutException)
        {
            return await SimulatorCommand.RefuseAsync(exception.Message);
        }
    }

    private static void Print(ScenarioScore score)
    {
        foreach (var missed in score.Expectations.Where(expectation => expectation.Incident is null))
            Console.WriteLine($"missed: {missed.Severity} {missed.Kind} of {missed.Device} ({missed.Situation})");
        foreach (var extra in score.Extra) Console.WriteLine($"extra: {extra.Severity} {extra.Kind} {extra.Id} {extra.Key}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{score.Scenario}, seed {score.Seed}: {score.Raised} of {score.Expected} expected incidents raised, {score.Extra.Count} extra; "
            + $"delay p50 {score.DelayP50Ms:0.0} ms, p99 {score.DelayP99Ms:0.0} ms, max {score.DelayMaxMs:0.0} ms"));
    }
}
