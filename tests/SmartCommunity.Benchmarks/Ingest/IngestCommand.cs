using System.CommandLine;

namespace SmartCommunity.Benchmarks.Ingest;

/// <summary>The command line of the ingest benchmark.</summary>
internal static class IngestCommand
{
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Length of each phase, 2 to 600.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int?> Connections = new("--connections") { Description = "Only this profile: connections, 1 to 250 (default: 8 and 200)." };
    private static readonly Option<int?> InFlight = new("--in-flight") { Description = "Only this profile: unacknowledged messages of each connection, 1 to 1,000." };
    private static readonly Option<int> Payload = new("--payload") { Description = "About how many bytes a message has, 60 to 2,000.", DefaultValueFactory = _ => 200 };
    private static readonly Option<bool> NoPeer = new("--no-peer") { Description = "Do not measure mosquitto." };
    private static readonly Option<int> Patience = new("--patience") { Description = "Seconds that a backlog may take to clear.", DefaultValueFactory = _ => 300 };

    public static Command Create()
    {
        Require(Patience, 1, 3_600);
        var command = new Command("ingest", "Real host, real MQTT: acknowledged publishes, delays, and what reaches rules and stores.") { Patience };
        AddShared(command);
        command.SetAction(async (result, cancellationToken) =>
            await IngestBenchmark.RunAsync(ReadShared(result) with { Patience = TimeSpan.FromSeconds(result.GetValue(Patience)) }, cancellationToken) ? 0 : 1);
        return command;
    }

    /// <summary>Adds the options that every benchmark with publishers has.</summary>
    public static void AddShared(Command command)
    {
        Require(Seconds, 2, 600);
        Require(Payload, 60, 2_000);
        foreach (var option in new Option[] { Seconds, Connections, InFlight, Payload, NoPeer }) command.Options.Add(option);
    }

    /// <summary>Reads them.</summary>
    public static IngestOptions ReadShared(ParseResult result) => new(
        TimeSpan.FromSeconds(result.GetValue(Seconds)), Profiles(result), result.GetValue(Payload), !result.GetValue(NoPeer), Patience: TimeSpan.Zero);

    public static void Require(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
        {
            result.AddError($"{option.Name} must be {least} to {most}.");
        }
    });

    // Few busy connections, as a site's gateway has them, and many that each send now and then.
    private static IReadOnlyList<LoadProfile> Profiles(ParseResult result)
    {
        var (connections, inFlight) = (result.GetValue(Connections), result.GetValue(InFlight));
        return connections is null && inFlight is null
            ? [new(8, 500), new(200, 20)]
            : [new(Math.Clamp(connections ?? 8, 1, 250), Math.Clamp(inFlight ?? 500, 1, 1_000))];
    }
}
