using System.Net;
using SmartCommunity.Mqtt.Server.Limits;
using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Mqtt.Server.Tests.Limits;

public sealed class AddressTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("::a00:1", "10.0.0.1", false)]
    public void WhatCountsAsOneAddress(string one, string other, bool same) =>
        (AddressKey.Of(IPAddress.Parse(one)) == AddressKey.Of(IPAddress.Parse(other))).ShouldBe(same);

    [Fact]
    public void TheTableForgetsWhoHasNoConnectionsAndIsBounded()
    {
        var options = new MqttServerOptions { MaxAddresses = 100, ConnectRatePerAddress = 1, ConnectBurstPerAddress = 5 };
        var table = new AddressTable(options, _clock.TimestampFrequency);
        for (var i = 0; i < 50; i++) Connect(table, i);
        for (var i = 50; i < 1_000; i++) Get(table, i).Connects.TryTake(_clock.GetTimestamp()).ShouldBeTrue();
        table.Count.ShouldBe(100);

        _clock.Advance(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 50; i++) Get(table, 0);
        table.Count.ShouldBe(50, "full buckets remember nothing");

        for (var i = 2_000; i < 2_050; i++) Connect(table, i);
        table.Get(Key(9_999), _clock.GetTimestamp()).ShouldBeNull("every address has connections");
    }

    private static AddressKey Key(int i) => new((ulong)i, false);

    private AddressState Get(AddressTable table, int i) => table.Get(Key(i), _clock.GetTimestamp()).ShouldNotBeNull();

    private void Connect(AddressTable table, int i)
    {
        var state = Get(table, i);
        state.Connections = 1;
        table.Touch(state);
    }
}
