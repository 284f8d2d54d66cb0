using System.CommandLine;
using SmartCommunity.Benchmarks.Endpoint;
using SmartCommunity.Benchmarks.Ingest;
using SmartCommunity.Benchmarks.Peers;

// Every benchmark prints Markdown tables on standard output and its progress on standard error.
if (args is [GatewayProcess.Command, var data])
{
    await OpenGateway.RunAsync(data, CancellationToken.None);
    return 0;
}

return await new RootCommand("Benchmarks of SmartCommunity.") { IngestCommand.Create(), EndpointCommand.Create() }.Parse(args).InvokeAsync();
