using System.Text.Json;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Commands;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Host.Provisioning;
using SmartCommunity.Simulation.Demo;

namespace SmartCommunity.Host.Hosting;

/// <summary><c>demo</c>: a sample community, sign-ins that are printed and kept in demo.json, and simulated devices.</summary>
internal sealed class DemoOpening(SignIns signIns, DemoMode mode) : IOpening
{
    private static readonly string SampleFile = Path.Combine(AppContext.BaseDirectory, "communities", "yunqi.yaml");

    public static async Task<IOpening> PrepareAsync(WebApplication app, Provisioner provisioner, DemoMode mode, CancellationToken cancellationToken)
    {
        await provisioner.AddCommunityAsync(Path.GetFileName(SampleFile), await File.ReadAllTextAsync(SampleFile, cancellationToken), cancellationToken);
        var signIns = await provisioner.ProvisionAsync(ReadKnown(app), renewUnknown: true, cancellationToken);
        return new DemoOpening(signIns, mode);
    }

    public async Task AnnounceAsync(WebApplication app)
    {
        var file = Describe(app);
        var path = Path.Combine(app.Services.GetRequiredService<DataFolder>().Path, DemoFile.FileName);
        await SecretFile.WriteAsync(path, file.ToJson(), CancellationToken.None);
        await Console.Out.WriteLineAsync(Banner.Of(file, signIns, path, mode));
        app.Services.GetRequiredService<SimulatedFleet>().Start(file, mode);
    }

    private DemoFile Describe(WebApplication app)
    {
        var addresses = Addresses.Of(app);
        var mqtt = Addresses.Reachable(addresses.Mqtt);
        var communities = app.Services.GetRequiredService<CommunityDirectory>().Communities;
        return new(
            addresses.Url,
            new(mqtt.Address.ToString(), mqtt.Port),
            [
                .. from community in communities
                   from person in community.Community.People
                   select new DemoPerson(person.Id.Value, person.Name, [.. person.Roles.Select(role => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString()))], signIns.Passwords[person.Id.Value]),
            ],
            [
                .. from community in communities
                   from device in community.Community.Devices
                   select new DemoDevice(
                       device.Id.Value, device.Kind, community.Community.Id.Value, device.Grid.Value, device.Building?.Value, device.Zone?.Value, signIns.Tokens[device.Id.Value]),
            ]);
    }

    /// <summary>What the last start wrote; sign-ins that still hold stay as they are.</summary>
    private static SignIns ReadKnown(WebApplication app)
    {
        var path = Path.Combine(app.Services.GetRequiredService<DataFolder>().Path, DemoFile.FileName);
        if (!File.Exists(path))
        {
            return SignIns.None;
        }

        try
        {
            var file = DemoFile.Parse(File.ReadAllBytes(path));
            return new(
                file.People.GroupBy(person => person.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Password, StringComparer.Ordinal),
                file.Devices.GroupBy(device => device.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Token, StringComparer.Ordinal));
        }
        catch (FormatException)
        {
            // A damaged file is written anew, with fresh sign-ins.
            return SignIns.None;
        }
    }
}
