using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Commands;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Host.Provisioning;

namespace SmartCommunity.Host.Hosting;

/// <summary>What must be true before anything listens: the directory is read, and everyone can sign in.</summary>
internal static class StartUp
{
    public static async Task<IOpening> PrepareAsync(WebApplication app, DemoMode? demo, CancellationToken cancellationToken)
    {
        var settings = app.Services.GetRequiredService<HostSettings>();
        var provisioner = app.Services.GetRequiredService<Provisioner>();
        await app.Services.GetRequiredService<CommunityDirectory>().LoadAsync(cancellationToken);
        if (settings.Community is { Length: > 0 } file)
        {
            await provisioner.AddCommunityAsync(file, await ReadAsync(file, cancellationToken), cancellationToken);
        }

        var opening = demo is null
            ? await ServeOpening.PrepareAsync(app, provisioner, cancellationToken)
            : await DemoOpening.PrepareAsync(app, provisioner, demo, cancellationToken);

        // After the sign-ins were made, and before the endpoint asks which subscriptions of the last run still hold.
        app.Services.GetRequiredService<AccountsFile>().Read();
        await app.Services.GetRequiredService<AccountDirectory>().ReloadAsync(cancellationToken);
        return opening;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the community file {file} can not be read: {exception.Message}", exception);
        }
    }
}

/// <summary>What is said and done once everything listens.</summary>
internal interface IOpening
{
    Task AnnounceAsync(WebApplication app);
}
