using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Tests.Writing;

/// <summary>Random packets of every kind come back as they were.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(42)]
    public void WhatIsWrittenIsReadBack(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 3_000; round++)
        {
            var version = random.Next(2) == 0 ? MqttVersion.V311 : MqttVersion.V500;
            var packet = new PacketMaker(random, version).Next();
            var bytes = Corpus.Write(packet, version);
            Corpus.Describe(Corpus.Read(bytes, version)).ShouldBe(Corpus.Describe(packet), $"seed {seed}, round {round}");
        }
    }

    private sealed class PacketMaker(Random random, MqttVersion version)
    {
        private bool IsV5 => version == MqttVersion.V500;

        public object Next() => random.Next(8) switch
        {
            0 => Connect(),
            1 => ConnAck(),
            2 => new SubscribePacket(Id(), Many(1, Request)) { SubscriptionIdentifier = V5(() => random.Next(1, 268_435_456)), UserProperties = Users() },
            3 => new SubAckPacket(Id(), Many(1, Granted)) { Details = Details() },
            4 => new UnsubscribePacket(Id(), Many(1, Filter)) { UserProperties = Users() },
            5 => new AckPacket(Pick(PacketType.PubAck, PacketType.PubRec), Id(), IsV5 ? Outcome() : ReasonCode.Success, Details()),
            6 => new DisconnectPacket(IsV5 ? Pick(ReasonCode.Success, ReasonCode.KeepAliveTimeout) : ReasonCode.Success)
            {
                SessionExpiryInterval = V5(() => (uint)random.Next()),
                ServerReference = V5Text(),
                Details = Details(),
            },
            _ => new UnsubAckPacket(Id(), IsV5 ? Many(1, () => Pick(ReasonCode.Success, ReasonCode.NotAuthorized)) : []) { Details = Details() },
        };

        private ConnectPacket Connect()
        {
            var user = random.Next(2) == 0 ? Name() : null;
            return new ConnectPacket
            {
                Version = version,
                CleanStart = random.Next(2) == 0,
                KeepAlive = (ushort)random.Next(65_536),
                ClientId = Name(),
                UserName = user,
                Password = user is null ? null : Bytes(),
                Will = random.Next(2) == 0 ? Will() : null,
                SessionExpiryInterval = V5(() => (uint)random.NextInt64(1L << 32)),
                ReceiveMaximum = V5(() => (ushort)random.Next(1, 65_536)),
                MaximumPacketSize = V5(() => (uint)random.NextInt64(1, 1L << 32)),
                TopicAliasMaximum = V5(() => (ushort)random.Next(65_536)),
                RequestProblemInformation = !IsV5 || random.Next(2) == 0,
                RequestResponseInformation = IsV5 && random.Next(2) == 0,
                UserProperties = Users(),
            };
        }

        private WillMessage Will() => new(Name() + "t", Bytes(), (QualityOfService)random.Next(3), random.Next(2) == 0)
        {
            DelayInterval = V5(() => (uint)random.Next()) ?? 0,
            Properties = IsV5 ? new PublishProperties { ContentType = Text(), CorrelationData = Bytes(), UserProperties = Users() } : null,
        };

        private ConnAckPacket ConnAck() => !IsV5
            ? new ConnAckPacket { Reason = Pick(ReasonCode.Success, ReasonCode.BadUserNameOrPassword, ReasonCode.NotAuthorized, ReasonCode.ServerUnavailable) }
            : new ConnAckPacket
            {
                SessionPresent = random.Next(2) == 0,
                SessionExpiryInterval = V5(() => (uint)random.Next()),
                ReceiveMaximum = V5(() => (ushort)random.Next(1, 65_536)),
                MaximumQos = V5(() => QualityOfService.AtLeastOnce),
                RetainAvailable = random.Next(2) == 0,
                SharedSubscriptionAvailable = random.Next(2) == 0,
                AssignedClientIdentifier = V5Text(),
                ReasonString = V5Text(),
                ServerKeepAlive = V5(() => (ushort)random.Next(65_536)),
                UserProperties = Users(),
            };

        private SubscriptionRequest Request() => !IsV5
            ? new(Filter(), (QualityOfService)random.Next(3))
            : new(Filter(), (QualityOfService)random.Next(3), random.Next(2) == 0, random.Next(2) == 0, (RetainHandling)random.Next(3));

        private ReasonCode Granted() => Pick(ReasonCode.Success, ReasonCode.GrantedQos1, ReasonCode.UnspecifiedError);

        private ReasonCode Outcome() => Pick(ReasonCode.Success, ReasonCode.NotAuthorized);

        private string Filter() => Pick("a", "+", "#", "a/+/#", "/", "+/+", "$SYS/#", "社区/楼栋");

        private ReasonDetails? Details() => IsV5 && random.Next(2) == 0 ? new ReasonDetails { ReasonString = Text(), UserProperties = Users() } : null;

        private UserProperty[] Users() => IsV5 ? Many(0, () => new UserProperty(Text(), Text())) : [];

        private T? V5<T>(Func<T> make)
            where T : struct => IsV5 && random.Next(2) == 0 ? make() : null;

        private string? V5Text() => IsV5 && random.Next(2) == 0 ? Text() : null;

        private ushort Id() => (ushort)random.Next(1, 65_536);

        private string Text() => string.Concat(Many(0, () => Pick("a", "/", "é", "楼", "😀", "\uFEFF", "\u0001")));

        // Names hold no control characters.
        private string Name() => Text().Replace("\u0001", "_", StringComparison.Ordinal);

        private byte[] Bytes() => Many(0, () => (byte)random.Next(256));

        private T[] Many<T>(int atLeast, Func<T> make) => [.. Enumerable.Range(0, random.Next(atLeast, 6)).Select(_ => make())];

        private T Pick<T>(params T[] from) => from[random.Next(from.Length)];
    }
}
