using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Tests.Reading;

/// <summary>The bytes of the specifications, and what they mean.</summary>
public sealed class GoldenTests
{
    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void WritingWhatWasReadGivesTheSameBytes(string name)
    {
        var (version, bytes) = Corpus.Get(name);
        Convert.ToHexString(Corpus.Write(Corpus.Read(bytes, version), version)).ShouldBe(Convert.ToHexString(bytes));
    }

    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void ABodyThatIsTooShortOrTooLongIsNoPacket(string name)
    {
        var (version, bytes) = Corpus.Get(name);
        var whole = Corpus.Describe(Corpus.Read(bytes, version));
        byte[][] bodies = [.. Enumerable.Range(0, bytes.Length - 2).Select(length => bytes.AsSpan(2, length).ToArray()), [.. bytes.AsSpan(2), 0xFE]];
        foreach (var body in bodies)
        {
            try
            {
                // Some packets may end early (acknowledgements), and a payload has any length; they must say something else then.
                Corpus.Describe(Corpus.Read(new Frame(bytes[0], body, body.Length + 2), version)).Equals(whole, StringComparison.Ordinal).ShouldBeFalse();
            }
            catch (MqttProtocolException)
            {
                // That is the expected outcome.
            }
        }
    }

    [Fact]
    public void Connect311()
    {
        var packet = Read<ConnectPacket>("connect-311");
        packet.Version.ShouldBe(MqttVersion.V311);
        packet.CleanStart.ShouldBeTrue();
        packet.KeepAlive.ShouldBe((ushort)10);
        packet.ClientId.ShouldBe("c");
        packet.UserName.ShouldBe("u");
        packet.Password.ShouldBe([0x00, 0xFF, 0x70]);
        packet.Will!.Topic.ShouldBe("w/");
        packet.Will.Qos.ShouldBe(QualityOfService.AtLeastOnce);
        packet.Will.Retain.ShouldBeTrue();
        packet.Will.Payload.ToArray().ShouldBe("x"u8.ToArray());
    }

    [Fact]
    public void Connect500()
    {
        var packet = Read<ConnectPacket>("connect-500");
        packet.Version.ShouldBe(MqttVersion.V500);
        packet.KeepAlive.ShouldBe((ushort)60);
        packet.SessionExpiryInterval.ShouldBe(10u);
        packet.ReceiveMaximum.ShouldBe((ushort)3);
        packet.UserName.ShouldBeNull();
        packet.Password.ShouldBeNull();
        packet.Will!.DelayInterval.ShouldBe(7u);
        packet.Will.Properties!.ContentType.ShouldBe("te");
        packet.RequestProblemInformation.ShouldBeTrue();
    }

    [Fact]
    public void ConnAck()
    {
        Read<ConnAckPacket>("connack-311").SessionPresent.ShouldBeTrue();
        Read<ConnAckPacket>("connack-311-refused").Reason.ShouldBe(ReasonCode.BadUserNameOrPassword);
        var packet = Read<ConnAckPacket>("connack-500");
        packet.ReceiveMaximum.ShouldBe((ushort)20);
        packet.AssignedClientIdentifier.ShouldBe("id");
        packet.MaximumQos.ShouldBe(QualityOfService.AtLeastOnce);
        packet.RetainAvailable.ShouldBeTrue();
    }

    [Fact]
    public void PublishWithProperties()
    {
        var packet = Read<PublishPacket>("publish-properties");
        packet.Topic!.Text.ShouldBe("t");
        packet.Payload.ToArray().ShouldBe("x"u8.ToArray());
        var properties = packet.DecodeProperties()!;
        properties.PayloadIsUtf8.ShouldBeTrue();
        properties.MessageExpiryInterval.ShouldBe(60u);
        properties.ContentType.ShouldBe("js");
        properties.ResponseTopic.ShouldBe("r");
        properties.CorrelationData.ShouldBe([1, 2]);
        properties.UserProperties.ShouldBe([new UserProperty("k", "v"), new UserProperty("k", "w")]);
        properties.SubscriptionIdentifiers.ShouldBe([129]);
    }

    [Fact]
    public void PublishFlagsAndAlias()
    {
        var flags = Read<PublishPacket>("publish-qos2-dup-retain");
        (flags.Qos, flags.Duplicate, flags.Retain, flags.PacketId).ShouldBe((QualityOfService.ExactlyOnce, true, true, (ushort)10));
        var alias = Read<PublishPacket>("publish-alias-only");
        alias.Topic.ShouldBeNull();
        alias.TopicAlias.ShouldBe((ushort)1);
        alias.RawProperties.IsEmpty.ShouldBeTrue("an alias alone is nothing to decode");
    }

    [Fact]
    public void SubscribeOptions()
    {
        Read<SubscribePacket>("subscribe-311").Filters.ShouldBe(
            [new("a/b", QualityOfService.AtLeastOnce), new("c/d", QualityOfService.ExactlyOnce)]);
        var packet = Read<SubscribePacket>("subscribe-500");
        packet.SubscriptionIdentifier.ShouldBe(7);
        packet.Filters.ShouldBe([new("+/x/", QualityOfService.AtLeastOnce, NoLocal: true, RetainAsPublished: true, RetainHandling.SendNever)]);
    }

    [Fact]
    public void DisconnectAndAnswers()
    {
        var disconnect = Read<DisconnectPacket>("disconnect-500");
        disconnect.Reason.ShouldBe(ReasonCode.ServerShuttingDown);
        disconnect.SessionExpiryInterval.ShouldBe(5u);
        disconnect.Details!.ReasonString.ShouldBe("by");
        Read<AckPacket>("puback-500-details").Details!.ReasonString.ShouldBe("no");
        Read<AckPacket>("pubcomp-not-found").Reason.ShouldBe(ReasonCode.PacketIdentifierNotFound);
        Read<UnsubAckPacket>("unsuback-500").Reasons.ShouldBe([ReasonCode.Success, ReasonCode.NoSubscriptionExisted]);
    }

    private static T Read<T>(string name)
    {
        var (version, bytes) = Corpus.Get(name);
        return Corpus.Read(bytes, version).ShouldBeOfType<T>();
    }
}
