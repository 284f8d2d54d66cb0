using SmartCommunity.EndToEnd.Tests.RealClients.Support;

namespace SmartCommunity.EndToEnd.Tests.RealClients;

/// <summary>Paho for Python as a client.</summary>
[Collection(WithRealClients.Name)]
public sealed class PahoTests(RealClientHost host)
{
    private readonly ClientStories _stories = new(host, ScriptedClient.Paho);

    [PahoTheory]
    [MemberData(nameof(ClientStories.Ways), MemberType = typeof(ClientStories))]
    public Task Its_events_are_cases(Transport transport, int version) => _stories.PublishEventsAsync(transport, version);

    [PahoTheory]
    [MemberData(nameof(ClientStories.Ways), MemberType = typeof(ClientStories))]
    public Task It_hears_what_is_retained_and_what_happens(Transport transport, int version) => _stories.HearIncidentAsync(transport, version);

    [PahoTheory]
    [MemberData(nameof(ClientStories.Ways), MemberType = typeof(ClientStories))]
    public Task A_wrong_password_is_refused(Transport transport, int version) => _stories.BeRefusedAsync(transport, version);
}
