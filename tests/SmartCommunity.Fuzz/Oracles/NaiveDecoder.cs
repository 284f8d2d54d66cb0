using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Fuzz.Oracles;

/// <summary>Decodes the body of one packet as chapter 3 of the specifications reads, into a line of text. Everything refused is an exception.</summary>
/// <param name="version">The version of the connection.</param>
/// <param name="bug">A planted mistake, for the canary; 0 for none.</param>
public sealed class NaiveDecoder(MqttVersion version, int bug = 0)
{
    private readonly NaiveProperties _properties = new(bug);
    private readonly NaiveTopics _topics = new();

    private bool IsV5 => version == MqttVersion.V500;

    /// <summary>What the packet says, or null when it must be refused.</summary>
    public string? Decode(byte header, byte[] body)
    {
        try
        {
            return Decode(header, new NaiveCursor(body));
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    private string Decode(byte header, NaiveCursor body) => (header >> 4) switch
    {
        1 => Connect(body),
        2 => ConnAck(body),
        3 => Publish(header & 15, body),
        4 => Answer("puback", body, 0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99),
        5 => Answer("pubrec", body, 0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99),
        6 => Answer("pubrel", body, 0x00, 0x92),
        7 => Answer("pubcomp", body, 0x00, 0x92),
        8 => Subscribe(body),
        9 => SubAck(body),
        10 => Unsubscribe(body),
        11 => UnsubAck(body),
        12 or 13 => Nothing(body),
        14 => Disconnect(body),
        _ => Auth(body),
    };

    private string Connect(NaiveCursor body)
    {
        var name = body.Text();
        var level = body.Byte();
        var isOld = name == "MQIsdp" && level == 3;
        if (!isOld && (name != "MQTT" || level is not (4 or 5))) throw new RefusedException("protocol");
        var isV5 = level == 5;
        var flags = body.Byte();
        var hasWill = (flags & 4) != 0;
        var willQos = (flags >> 3) & 3;
        if ((flags & 1) != 0 && !isOld) throw new RefusedException("reserved flag");
        if (willQos == 3 || (!hasWill && (willQos != 0 || (flags & 0x20) != 0))) throw new RefusedException("will flags");
        if (!isV5 && (flags & 0xC0) == 0x40) throw new RefusedException("password without user");
        var keepAlive = body.UInt16();
        var properties = isV5 ? _properties.Read(body, "connect") : [];
        if (properties.Any(p => p.Id == 22) && properties.All(p => p.Id != 21)) throw new RefusedException("data without method");
        var client = Name(body);
        if (isOld && client.Length == 0) throw new RefusedException("no client identifier");
        var text = $"connect {(isV5 ? 5 : 4)} {(flags & 2) != 0} {keepAlive} {Join(properties)} {client}";
        if (hasWill) text += " will" + Will(body, isV5, willQos, (flags & 0x20) != 0);
        if ((flags & 0x80) != 0) text += $" user {Name(body)}";
        if ((flags & 0x40) != 0) text += $" password {Convert.ToHexString(body.Binary())}";
        body.End();
        return text;
    }

    private string Will(NaiveCursor body, bool isV5, int qos, bool retain)
    {
        var properties = isV5 ? _properties.Read(body, "will") : [];
        var topic = body.Text();
        if (!NaiveTopics.IsName(topic)) throw new RefusedException("will topic");
        return $" {Join(properties)} {topic} {Convert.ToHexString(body.Binary())} {qos} {retain}";
    }

    private string ConnAck(NaiveCursor body)
    {
        var flags = body.Byte();
        var reason = body.Byte();
        int[] reasons = [0x00, .. Range(0x80, 0x8A), 0x8C, 0x90, 0x95, 0x97, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9F];
        if (flags > 1 || (flags == 1 && reason != 0) || (IsV5 ? !reasons.Contains(reason) : reason > 5)) throw new RefusedException("connack");
        var properties = IsV5 ? _properties.Read(body, "connack") : [];
        body.End();
        // The six return codes of 3.1.1 are told as the reason codes that mean the same.
        int[] codes = [0x00, 0x84, 0x85, 0x88, 0x86, 0x87];
        return $"connack {flags} {(IsV5 ? reason : codes[reason])} {Join(properties)}";
    }

    private string Publish(int flags, NaiveCursor body)
    {
        var qos = (flags >> 1) & 3;
        if ((qos == 3 && bug != 2) || (qos == 0 && (flags & 8) != 0)) throw new RefusedException("flags");
        var topic = body.Text();
        var id = qos == 0 ? 0 : Id(body);
        var properties = IsV5 ? _properties.Read(body, "publish") : [];
        if (topic.Length == 0 ? properties.All(p => p.Id != 35) : !NaiveTopics.IsName(topic)) throw new RefusedException("topic");
        return $"publish {topic} {id} {qos} {(flags & 1) != 0} {(flags & 8) != 0} {Join(properties)} {Convert.ToHexString(body.Rest())}";
    }

    private string Answer(string type, NaiveCursor body, params int[] reasons)
    {
        var id = Id(body);
        if (!IsV5) body.End();
        var reason = body.Left == 0 ? 0 : Reason(body, reasons);
        var properties = body.Left == 0 ? [] : _properties.Read(body, type);
        body.End();
        return $"{type} {id} {reason} {Join(properties)}";
    }

    private string Subscribe(NaiveCursor body)
    {
        var text = $"subscribe {Id(body)} {Join(IsV5 ? _properties.Read(body, "subscribe") : [])}";
        for (var count = 0; body.Left > 0 || count == 0; count++)
        {
            var filter = Filter(body, count);
            var options = body.Byte();
            var isBad = (options & 3) == 3 || (IsV5 ? options >= 0x40 || ((options >> 4) & 3) == 3 : options > 2);
            var noLocal = (options & 4) != 0;
            if (isBad || (noLocal && filter.StartsWith("$share/", StringComparison.Ordinal))) throw new RefusedException("options");
            text += $" {filter}={options}";
        }

        return text;
    }

    private string SubAck(NaiveCursor body)
    {
        var text = $"suback {Id(body)} {Join(IsV5 ? _properties.Read(body, "suback") : [])}";
        int[] reasons = IsV5 ? [0, 1, 2, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2] : [0, 1, 2, 0x80];
        do text += $" {Reason(body, reasons)}";
        while (body.Left > 0);
        return text;
    }

    private string Unsubscribe(NaiveCursor body)
    {
        var text = $"unsubscribe {Id(body)} {Join(IsV5 ? _properties.Read(body, "unsubscribe") : [])}";
        for (var count = 0; body.Left > 0 || count == 0; count++) text += $" {Filter(body, count)}";
        return text;
    }

    private string UnsubAck(NaiveCursor body)
    {
        var text = $"unsuback {Id(body)}";
        if (!IsV5)
        {
            body.End();
            return text + " ";
        }

        text += $" {Join(_properties.Read(body, "unsuback"))}";
        do text += $" {Reason(body, [0, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91])}";
        while (body.Left > 0);
        return text;
    }

    private string Disconnect(NaiveCursor body)
    {
        if (!IsV5) body.End();
        int[] reasons =
        [
            0x00, 0x04, .. Range(0x80, 0x83), 0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, .. Range(0x93, 0xA2),
        ];
        var reason = body.Left == 0 ? 0 : Reason(body, reasons);
        var properties = body.Left == 0 ? [] : _properties.Read(body, "disconnect");
        body.End();
        return $"disconnect {reason} {Join(properties)}";
    }

    private string Auth(NaiveCursor body)
    {
        if (!IsV5) throw new RefusedException("no AUTH before 5.0");
        if (body.Left == 0) return "auth 0 ";
        var reason = Reason(body, [0x00, 0x18, 0x19]);
        var properties = _properties.Read(body, "auth");
        if (properties.All(p => p.Id != 21)) throw new RefusedException("no method");
        body.End();
        return $"auth {reason} {Join(properties)}";
    }

    private static string Nothing(NaiveCursor body)
    {
        body.End();
        return "ping";
    }

    private static string Name(NaiveCursor body)
    {
        var name = body.Text();
        return NaiveTopics.HasControls(name) ? throw new RefusedException("control characters") : name;
    }

    private string Filter(NaiveCursor body, int count)
    {
        var filter = body.Text();
        return count >= 256 || !_topics.IsFilter(filter) ? throw new RefusedException("filter") : filter;
    }

    private static int Id(NaiveCursor body) => body.UInt16() is var id and not 0 ? id : throw new RefusedException("packet identifier 0");

    private static int Reason(NaiveCursor body, int[] allowed) => body.Byte() is var r && allowed.Contains(r) ? r : throw new RefusedException("reason");

    private static IEnumerable<int> Range(int first, int last) => Enumerable.Range(first, last - first + 1);

    private static string Join(IEnumerable<(int Id, string Value)> properties) => string.Join(';', properties.Select(p => $"{p.Id}={p.Value}"));
}
