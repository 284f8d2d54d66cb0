using SmartCommunity.EndToEnd.Tests.RealClients.Support;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.RealClients;

/// <summary>mosquitto_pub and mosquitto_sub with the promises of the system: what is acknowledged is a case, who may listen hears it, who may not is told.</summary>
[Collection(WithRealClients.Name)]
public sealed class MosquittoTests(RealClientHost host)
{
    [MosquittoTheory]
    [MemberData(nameof(Mosquitto.Ways), MemberType = typeof(Mosquitto))]
    public async Task Its_events_are_cases(Transport transport, int version)
    {
        using var viewer = await host.SignInAsync(People.DutyOfficer);
        var camera = Mosquitto.Of(host, FallingObjects.Camera, transport, version);
        foreach (var qos in (string[])["0", "1", "2"])
        {
            var (id, payload) = FallingObjects.Next(host);
            await camera.SayAsync("-q", qos, "-t", FallingObjects.Topic, "-m", payload);
            (await FallingObjects.WaitForAsync(viewer, id)).Text("building").ShouldBe("b2");
        }
    }

    [MosquittoTheory]
    [MemberData(nameof(Mosquitto.Ways), MemberType = typeof(Mosquitto))]
    public async Task It_hears_what_is_retained_and_what_happens(Transport transport, int version)
    {
        using var handler = await host.SignInAsync(People.Handler);
        var incident = await FallingObjects.OpenAsync(host, handler);
        var topic = await RetainedIncidents.WaitForAsync(host, incident);
        var (user, password) = host.Display;
        await using var display = await new Mosquitto(host, transport, version, user, password).ListenAsync("-q", "1", "-t", topic, "-F", "heard %r %q %t %p");
        (await display.LineAsync("heard ")).ShouldStartWith($"heard 1 1 {topic} {{");
        await handler.DoAsync(incident, "accept");
        (await display.LineAsync("\"InProgress\"")).ShouldStartWith($"heard 0 1 {topic} {{");
    }

    [MosquittoTheory]
    [MemberData(nameof(Mosquitto.Ways), MemberType = typeof(Mosquitto))]
    public async Task A_wrong_password_is_refused(Transport transport, int version)
    {
        var stranger = new Mosquitto(host, transport, version, FallingObjects.Camera, "guessed");
        var (exitCode, said) = await stranger.PublishAsync("-q", "1", "-t", FallingObjects.Topic, "-m", "{}");
        exitCode.ShouldBe(version == 5 ? 0x86 : 4, said);
        said.ShouldContain(version == 5 ? "Bad User Name or Password" : "bad user name or password", Case.Insensitive);
    }

    [MosquittoTheory]
    [InlineData(5)]
    public async Task A_topic_of_somebody_else_is_refused(int version)
    {
        var camera = Mosquitto.Of(host, FallingObjects.Camera, version: version);
        var (_, said) = await camera.PublishAsync("-q", "1", "-t", "sc/v1/throw-b2-north/event", "-m", "{}");
        said.ShouldContain("Not authorized", Case.Insensitive);
        (_, said) = await camera.SubscribeAsync("-q", "1", "-t", "#", "-W", "5");
        said.ShouldContain("denied", Case.Insensitive);
    }

    [MosquittoTheory]
    [MemberData(nameof(Mosquitto.Versions), MemberType = typeof(Mosquitto))]
    public async Task Two_displays_without_an_identifier_do_not_disturb_each_other(int version)
    {
        using var handler = await host.SignInAsync(People.Handler);
        var incident = await FallingObjects.OpenAsync(host, handler);
        var topic = await RetainedIncidents.WaitForAsync(host, incident);
        var nameless = new Mosquitto(host, Transport.Tcp, version, host.Display.User, host.Display.Password) { IsNameless = true };
        await using var first = await nameless.ListenAsync("-q", "1", "-t", topic, "-F", "heard %p");
        await using var second = await nameless.ListenAsync("-q", "1", "-t", topic, "-F", "heard %p");
        await handler.DoAsync(incident, "accept");
        await first.LineAsync("\"InProgress\"");
        await second.LineAsync("\"InProgress\"");
        first.Said.ShouldNotContain("Received DISCONNECT");
    }

    [MosquittoTheory]
    [MemberData(nameof(Mosquitto.Versions), MemberType = typeof(Mosquitto))]
    public async Task A_certificate_of_the_sites_authority_needs_no_password(int version)
    {
        using var viewer = await host.SignInAsync(People.DutyOfficer);
        var camera = new Mosquitto(host, Transport.Tls, version, FallingObjects.Camera, password: null, host.CertificateOf(FallingObjects.Camera));
        var (id, payload) = FallingObjects.Next(host);
        await camera.SayAsync("-q", "1", "-t", FallingObjects.Topic, "-m", payload);
        await FallingObjects.WaitForAsync(viewer, id);
    }

    [MosquittoTheory]
    [MemberData(nameof(Mosquitto.Versions), MemberType = typeof(Mosquitto))]
    public async Task A_certificate_of_another_authority_is_refused(int version)
    {
        using var folder = new TemporaryFolder();
        using var other = new TestAuthority(folder.Path, "somebody else");
        var stranger = new Mosquitto(host, Transport.Tls, version, FallingObjects.Camera, password: null, other.Issue(FallingObjects.Camera));
        var (exitCode, said) = await stranger.PublishAsync("-q", "1", "-t", FallingObjects.Topic, "-m", "{}");
        exitCode.ShouldNotBe(0, said);
    }
}
