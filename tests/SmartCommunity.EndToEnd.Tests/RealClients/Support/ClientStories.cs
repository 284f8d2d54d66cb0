using SmartCommunity.EndToEnd.Tests.Support;

namespace SmartCommunity.EndToEnd.Tests.RealClients.Support;

/// <summary>What each client library must be able to do, over each transport and in each version.</summary>
internal sealed class ClientStories(RealClientHost host, ScriptedClient client)
{
    /// <summary>Every transport in both versions.</summary>
    public static TheoryData<Transport, int> Ways { get; } = new()
    {
        { Transport.Tcp, 4 }, { Transport.Tcp, 5 }, { Transport.Tls, 4 }, { Transport.Tls, 5 }, { Transport.Ws, 4 }, { Transport.Ws, 5 },
    };

    /// <summary>Events at QoS 1 and 2 are acknowledged and are cases.</summary>
    public async Task PublishEventsAsync(Transport transport, int version)
    {
        var (first, second) = (FallingObjects.Next(host), FallingObjects.Next(host));
        var job = JobOf(transport, version, FallingObjects.Camera, host.Token(FallingObjects.Camera)) with
        {
            Publish = [new(FallingObjects.Topic, first.Payload, 1), new(FallingObjects.Topic, second.Payload, 2)],
        };
        await using var publisher = client.Start(job);
        (await publisher.AnswerAsync("acknowledged")).GetInt32().ShouldBe(2);
        (await publisher.ExitAsync()).ShouldBe(0, publisher.Said);
        using var viewer = await host.SignInAsync(People.DutyOfficer);
        (await FallingObjects.WaitForAsync(viewer, first.Id)).Text("building").ShouldBe("b2");
        (await FallingObjects.WaitForAsync(viewer, second.Id)).Text("building").ShouldBe("b2");
    }

    /// <summary>A subscriber gets what is retained, and then what happens.</summary>
    public async Task HearIncidentAsync(Transport transport, int version)
    {
        using var handler = await host.SignInAsync(People.Handler);
        var incident = await FallingObjects.OpenAsync(host, handler);
        var topic = await RetainedIncidents.WaitForAsync(host, incident);
        var job = JobOf(transport, version, host.Display.User, host.Display.Password) with { Subscribe = [new(topic, 1)], Expect = int.MaxValue };
        await using var display = client.Start(job);
        (await display.AnswerAsync("subscribed"))[0].GetInt32().ShouldBe(1);
        var retained = await display.MessageAsync();
        (retained.Topic, retained.Qos, retained.Retain).ShouldBe((topic, 1, true));
        retained.Payload.ShouldContain(incident);

        await handler.DoAsync(incident, "accept");
        (string Topic, string Payload, int Qos, bool Retain) live;
        do
        {
            live = await display.MessageAsync();
            live.Retain.ShouldBeFalse();
        }
        while (!live.Payload.Contains("\"InProgress\"", StringComparison.Ordinal));
    }

    /// <summary>A wrong password is refused, and the client says so.</summary>
    public async Task BeRefusedAsync(Transport transport, int version)
    {
        await using var stranger = client.Start(JobOf(transport, version, FallingObjects.Camera, "guessed"));

        // CONNACK: 4 is «bad user name or password» in 3.1.1, 0x86 in 5.0.
        (await stranger.AnswerAsync("refused")).GetInt32().ShouldBe(version == 5 ? 0x86 : 4, stranger.Said);
        (await stranger.ExitAsync()).ShouldBe(1, stranger.Said);
    }

    private ClientJob JobOf(Transport transport, int version, string user, string password) =>
        new(
            transport.ToString().ToLowerInvariant(), transport == Transport.Tls ? "localhost" : "127.0.0.1", host.Port(transport), version,
            $"real-{host.NextNumber()}", user, password, transport == Transport.Tls ? host.AuthorityFile : null);
}
