using System.Text;
using System.Text.Json;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Conformance;
using SmartCommunity.Stores.Incidents;

namespace SmartCommunity.Stores.Tests.Incidents;

public sealed class IncidentJsonTests
{
    // What the first version wrote. Every later version must read it.
    private const string FirstTransition = """
        {"seq":1,"command":"accept","from":"Dispatched","to":"InProgress","actor":"wang","role":"grid-worker","reason":"马上到","eventTime":"2026-03-02T08:00:00+08:00","at":"2026-03-02T08:00:00.5+08:00","commandId":"k-1","evidence":[{"type":"image/jpeg","uri":"https://x/1.jpg"}],"hash":"00ff"}
        """;

    [Fact]
    public void ACaseReadsAsItWasWritten()
    {
        var incident = Cases.Open("e1", "k").After;
        JsonSerializer.Serialize(IncidentJson.ReadIncident(IncidentJson.Write(incident))).ShouldBe(JsonSerializer.Serialize(incident));
    }

    [Fact]
    public void TheFirstVersionOfATransitionIsForEver()
    {
        var transition = IncidentJson.ReadTransition(Encoding.UTF8.GetBytes(FirstTransition));
        transition.From.ShouldBe(IncidentState.Dispatched);
        transition.Evidence[0].Uri.ShouldBe("https://x/1.jpg");
        Encoding.UTF8.GetString(IncidentJson.Write(transition)).ShouldBe(FirstTransition);
    }

    [Fact]
    public void ChineseStaysReadable() => Encoding.UTF8.GetString(IncidentJson.Write(Cases.Open("e1", "k").After)).ShouldContain("1 号楼高空抛物");

    [Fact]
    public void DamageIsSaid() => Should.Throw<JsonException>(() => IncidentJson.ReadIncident("{}"u8));
}
