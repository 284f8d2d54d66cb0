using Microsoft.Extensions.Configuration;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server;

namespace SmartCommunity.Host.Tests.Configuration;

public sealed class OptionsSectionTests
{
    [Fact]
    public void What_stands_there_is_taken_and_the_rest_keeps_its_default()
    {
        var options = Read(("Mqtt:MAXCONNECTIONS", "7"), ("Mqtt:ConnectTimeout", "00:00:03"), ("Mqtt:SendTimeout", "5m"), ("Mqtt:Packets:MaxTopicLevels", "9"));
        options.MaxConnections.ShouldBe(7);
        options.ConnectTimeout.ShouldBe(TimeSpan.FromSeconds(3));
        options.SendTimeout.ShouldBe(TimeSpan.FromMinutes(5));
        options.Packets.MaxTopicLevels.ShouldBe(9);
        options.Packets.MaxUserProperties.ShouldBe(ReadLimits.Default.MaxUserProperties);
        options.MaxPacketSize.ShouldBe(new MqttServerOptions().MaxPacketSize);
    }

    [Fact]
    public void Defaults_that_records_share_are_left_alone()
    {
        Read(("Mqtt:Packets:MaxTopicLevels", "9"));
        ReadLimits.Default.MaxTopicLevels.ShouldNotBe(9);
    }

    [Fact]
    public void An_absent_section_is_the_defaults() => Read().ShouldBe(new MqttServerOptions());

    [Fact]
    public void Every_mistake_is_named_in_one_line()
    {
        var refusal = Should.Throw<StartException>(() => Read(("Mqtt:MaxConections", "7"), ("Mqtt:ConnectTimeout", "10"), ("Mqtt:Packets:Nonsense", "1"), ("Mqtt:MaxPacketSize", "big")));
        refusal.Message.ShouldContain("Mqtt:MaxConections is not an option; is MaxConnections meant?");
        refusal.Message.ShouldContain("Mqtt:ConnectTimeout is '10'; write a duration such as");
        refusal.Message.ShouldContain("Mqtt:Packets:Nonsense is not an option");
        refusal.Message.ShouldContain("Mqtt:MaxPacketSize is 'big'; write a whole number");
        refusal.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void What_the_program_sets_is_not_an_option()
    {
        var configuration = Configure(("Mqtt:MaxConnections", "7"));
        Should.Throw<StartException>(() => OptionsSection.Read(configuration, "Mqtt", new MqttServerOptions(), nameof(MqttServerOptions.MaxConnections)))
            .Message.ShouldContain("Mqtt:MaxConnections is not an option");
    }

    [Theory]
    [InlineData("Mqtt:MaxConnections", "0", "Mqtt:MaxConnections is 0")]
    [InlineData("Journal:GatherFrom", "0", "GatherFrom must be positive")]
    [InlineData("Journal:FirstSequence", "5", "Journal:FirstSequence is not an option")]
    [InlineData("Decoding:MaxDepth", "1", "MaxDepth must be from 4")]
    [InlineData("Forwarder:MaxInFlight", "-1", "MaxInFlight must be positive")]
    [InlineData("Journal:OnDamage", "Pray", "Journal:OnDamage is 'Pray'; write one of Refuse, KeepWhole")]
    public void Limits_that_make_no_sense_end_the_start_with_their_name(string key, string value, string said)
    {
        using var folder = new TestKit.Processes.TemporaryFolder();
        Should.Throw<StartException>(() => EdgeSettings.Read(Configure((key, value)), new(), DataFolder.Open(folder["data"]))).Message.ShouldContain(said);
    }

    [Fact]
    public void Every_option_of_the_edge_can_be_written_as_text()
    {
        Type[] records = [typeof(MqttServerOptions), typeof(ReadLimits), typeof(Journal.JournalOptions), typeof(Gateway.Decoding.DecodingOptions), typeof(Gateway.Forwarding.ForwarderOptions)];
        records.SelectMany(record => record.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
            .Where(property => property.PropertyType != typeof(ReadLimits) && property.PropertyType != typeof(TaskScheduler)
                && OptionText.Describe(property.PropertyType).Contains("can not be set", StringComparison.Ordinal))
            .Select(property => property.Name).ShouldBeEmpty();
    }

    private static MqttServerOptions Read(params (string Key, string Value)[] values) => OptionsSection.Read(Configure(values), "Mqtt", new MqttServerOptions());

    private static IConfigurationRoot Configure(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(value => value.Key, value => (string?)value.Value)).Build();
}
