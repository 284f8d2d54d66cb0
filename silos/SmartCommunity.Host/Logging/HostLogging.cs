using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;
using SmartCommunity.Host.Configuration;

namespace SmartCommunity.Host.Logging;

/// <summary>Where log lines go: the console while developing, files of JSON lines in service. The section <c>Serilog</c> can change all of it.</summary>
internal static class HostLogging
{
    /// <summary>How many daily files are kept. Default 31: a month is how far back people ask.</summary>
    private const int KeptFiles = 31;

    /// <summary>How large a file grows before the next one is begun. Default 256 MiB: what an editor still opens.</summary>
    private const long MaxFileBytes = 256L << 20;

    /// <summary>The generic host's category, and its event id for a service that did not start.</summary>
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private const int HostedServiceStartupFaulted = 11;

    public static void Configure(IConfiguration configuration, LoggerConfiguration logger, DataFolder data, bool toFiles)
    {
        logger.MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .Enrich.FromLogContext();
        if (toFiles)
        {
            logger.WriteTo.Async(sink => sink.File(
                new JsonFormatter(renderMessage: true, formatProvider: CultureInfo.InvariantCulture),
                Path.Combine(data.Logs, "smartcommunity-.jsonl"),
                rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: MaxFileBytes,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: KeptFiles));
        }
        else
        {
            logger.Filter.ByExcluding(IsFailedStart);
            logger.WriteTo.Async(sink => sink.Console(
                outputTemplate: "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}", formatProvider: CultureInfo.InvariantCulture));
        }

        logger.ReadFrom.Configuration(configuration);
    }

    // Whoever started it at a console reads the reason in one line; the same again with a stack trace would bury it.
    private static bool IsFailedStart(LogEvent item) =>
        item.Properties.GetValueOrDefault("SourceContext") is ScalarValue { Value: HostCategory }
        && item.Properties.GetValueOrDefault("EventId") is StructureValue id
        && id.Properties.Any(property => property is { Name: "Id", Value: ScalarValue { Value: HostedServiceStartupFaulted } });
}
