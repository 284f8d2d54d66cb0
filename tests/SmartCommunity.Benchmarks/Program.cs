using System.CommandLine;
using SmartCommunity.Benchmarks.Ingest;

// Every benchmark prints a Markdown table on standard output and its progress on standard error.
return await new RootCommand("Benchmarks of SmartCommunity.") { IngestCommand.Create() }.Parse(args).InvokeAsync();
