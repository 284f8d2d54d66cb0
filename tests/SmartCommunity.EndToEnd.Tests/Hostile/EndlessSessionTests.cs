using SmartCommunity.EndToEnd.Tests.Hostile.Harness;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile;

/// <summary>Sessions that are meant never to end.</summary>
[Collection(Attacks.Name)]
public sealed class EndlessSessionTests(Besieged besieged, ITestOutputHelper output)
{
    private const string Device = "door-b7-lobby";
    private const int AbsentSessionsOfAnAccount = 100;

    [Fact]
    public Task Sessions_without_end_end_when_their_account_has_too_many() => besieged.WithstandAsync(async () =>
    {
        var intruders = Enumerable.Range(0, 20).Select(_ => besieged.Intruder(Device)).ToList();
        List<ConnectPacket> made = [];
        for (var n = 0; n < 2 * AbsentSessionsOfAnAccount; n++)
        {
            var connect = intruders[n % intruders.Count].Credentials() with { CleanStart = false, SessionExpiryInterval = uint.MaxValue };
            made.Add(connect);
            ShouldBeGrantedForAWeek(await VisitAsync(intruders[n % intruders.Count], connect));
        }

        // The youngest are there, the oldest made room for them, and somebody else's are untouched.
        (await VisitAsync(intruders[0], made[^1])).SessionPresent.ShouldBeTrue("the last session");
        (await VisitAsync(intruders[0], made[0])).SessionPresent.ShouldBeFalse("the first session");
        await using var other = await besieged.Intruder("door-b8-lobby").EnterAsync();
    }, output);

    private static async Task<ConnAckPacket> VisitAsync(Intruder intruder, ConnectPacket connect)
    {
        await using var peer = await intruder.DialAsync();
        await peer.SendAsync(connect);
        var answer = await peer.ExpectConnAckAsync();
        await peer.SendAsync(new DisconnectPacket(ReasonCode.Success));
        await peer.ShouldBeCutOffAsync("after a goodbye");
        return answer;
    }

    private static void ShouldBeGrantedForAWeek(ConnAckPacket answer)
    {
        answer.Reason.ShouldBe(ReasonCode.Success);
        answer.SessionExpiryInterval.ShouldNotBeNull("the server must say that it does not keep a session for ever").ShouldBeLessThanOrEqualTo(7u * 24 * 3600);
    }
}
