using SmartCommunity.Events.Ids;
using SmartCommunity.Gateway;
using SmartCommunity.Gateway.Decoding;
using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Journal;
using SmartCommunity.Mqtt.Server;

namespace SmartCommunity.Host.Configuration;

/// <summary>
/// The limits of the edge: the sections <c>Mqtt</c>, <c>Journal</c>, <c>Decoding</c> and <c>Forwarder</c> of appsettings.json and of the environment
/// (<c>Mqtt__MaxConnections</c>). The names, defaults and reasons are those of the options' own properties.
/// </summary>
internal sealed record EdgeSettings(MqttServerOptions Mqtt, GatewayOptions Gateway)
{
    /// <exception cref="StartException">A key is unknown or a value is wrong; all of a section in one line.</exception>
    public static EdgeSettings Read(IConfiguration configuration, HostSettings settings, DataFolder data)
    {
        var mqtt = OptionsSection.Read(configuration, "Mqtt", new MqttServerOptions());
        if (mqtt.Validate() is { Count: > 0 } errors)
        {
            throw new StartException(string.Join(' ', errors.Select(error => $"Mqtt:{error}")));
        }

        var gateway = new GatewayOptions
        {
            Id = ReadId(settings),
            JournalFolder = data.Journal,
            Journal = OptionsSection.Read(
                configuration, "Journal", new JournalOptions(), nameof(JournalOptions.FirstSequence), nameof(JournalOptions.TakenOverThrough), nameof(JournalOptions.OwnThread)),
            Decoding = OptionsSection.Read(configuration, "Decoding", new DecodingOptions()),
            Forwarder = OptionsSection.Read(configuration, "Forwarder", new ForwarderOptions(), nameof(ForwarderOptions.Scheduler)),
        };
        try
        {
            gateway.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new StartException(exception.Message.ReplaceLineEndings(" "), exception);
        }

        return new(mqtt with { StateFolder = mqtt.StateFolder is { Length: > 0 } folder ? folder : data.Sessions }, gateway);
    }

    private static GatewayId ReadId(HostSettings settings) => Identifier.TryParse<GatewayId>(settings.Gateway, out var id)
        ? id
        : throw new StartException($"{HostSettings.Section}:{nameof(HostSettings.Gateway)} {Identifier.FindError(settings.Gateway)}");
}
