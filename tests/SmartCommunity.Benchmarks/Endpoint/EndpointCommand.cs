using System.CommandLine;
using SmartCommunity.Benchmarks.Ingest;

namespace SmartCommunity.Benchmarks.Endpoint;

/// <summary>The command line of the endpoint benchmark.</summary>
internal static class EndpointCommand
{
    private static readonly Option<int> Subscribers = new("--subscribers") { Description = "Subscribers of the fan-out part, 0 (left out) to 5,000.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Idle = new("--idle") { Description = "Idle connections, 0 (left out) to 60,000; both processes need as many open files.", DefaultValueFactory = _ => 15_000 };

    public static Command Create()
    {
        IngestCommand.Require(Subscribers, 0, 5_000);
        IngestCommand.Require(Idle, 0, 60_000);
        var command = new Command("endpoint", "The gateway alone (endpoint, decoders, journal) and mosquitto: QoS 1, QoS 0, fan-out, idle connections.") { Subscribers, Idle };
        IngestCommand.AddShared(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            await EndpointBenchmark.RunAsync(new(IngestCommand.ReadShared(result), result.GetValue(Subscribers), result.GetValue(Idle)), cancellationToken);
            return 0;
        });
        return command;
    }
}
