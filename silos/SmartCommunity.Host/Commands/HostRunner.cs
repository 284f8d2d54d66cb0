using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Host.Hosting;
using SmartCommunity.Host.Logging;
using SmartCommunity.Stores.Faults;

namespace SmartCommunity.Host.Commands;

/// <summary>Starts everything, says so, and waits for the end.</summary>
internal static class HostRunner
{
    /// <exception cref="StartException">The start can not go on, for a reason that the person who started can mend.</exception>
    public static async Task RunAsync(IReadOnlyDictionary<string, string?> overrides, DemoMode? demo, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = HostComposition.Build(overrides, demo);
            var opening = await StartUp.PrepareAsync(app, demo, cancellationToken);
            await StartAsync(app, cancellationToken);
            await opening.AnnounceAsync(app);
            await app.WaitForShutdownAsync(cancellationToken);
        }
        catch (Exception exception) when (Explain(exception) is { } line)
        {
            throw new StartException(line, exception);
        }
    }

    /// <summary>Starts, or stops again what had started: services that are disposed of while they work would each report the stores they lost as a failure of their own.</summary>
    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception)
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    private static string? Explain(Exception exception) => exception switch
    {
        StartException => null,
        StoreOpenException or Journal.JournalInUseException => exception.Message,
        IOException { InnerException: AddressInUseException } => $"{exception.Message.TrimEnd('.')}; choose another with --http or --mqtt",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AccessDenied } => $"an address can not be listened on: {exception.Message}",
        Microsoft.Extensions.Options.OptionsValidationException => exception.Message,
        _ => null,
    };
}
