namespace SmartCommunity.Fuzz.Oracles;

/// <summary>Table 2-4 of MQTT 5.0 as a table, and a reader that goes by it.</summary>
/// <param name="bug">A planted mistake, for the canary; 0 for none.</param>
public sealed class NaiveProperties(int bug = 0)
{
    private const string Answers = "connack puback pubrec pubrel pubcomp suback unsuback disconnect auth";
    private const string All = Answers + " publish will connect subscribe unsubscribe";

    // b = 0 or 1, 2 and 4 = integers of so many bytes, v = variable, s = text, x = binary, p = pair
    private static readonly Dictionary<int, (char Kind, string Packets)> Table = new()
    {
        [1] = ('b', "publish will"),
        [2] = ('4', "publish will"),
        [3] = ('s', "publish will"),
        [8] = ('s', "publish will"),
        [9] = ('x', "publish will"),
        [11] = ('v', "publish subscribe"),
        [17] = ('4', "connect connack disconnect"),
        [18] = ('s', "connack"),
        [19] = ('2', "connack"),
        [21] = ('s', "connect connack auth"),
        [22] = ('x', "connect connack auth"),
        [23] = ('b', "connect"),
        [24] = ('4', "will"),
        [25] = ('b', "connect"),
        [26] = ('s', "connack"),
        [28] = ('s', "connack disconnect"),
        [31] = ('s', Answers),
        [33] = ('2', "connect connack"),
        [34] = ('2', "connect connack"),
        [35] = ('2', "publish"),
        [36] = ('b', "connack"),
        [37] = ('b', "connack"),
        [38] = ('p', All),
        [39] = ('4', "connect connack"),
        [40] = ('b', "connack"),
        [41] = ('b', "connack"),
        [42] = ('b', "connack"),
    };

    /// <summary>The properties as «id=value», in order of id (user properties and subscription identifiers in their own order), defaults left out.</summary>
    public List<(int Id, string Value)> Read(NaiveCursor packet, string type)
    {
        var block = new NaiveCursor(packet.Bytes(packet.VariableInt()));
        var found = new List<(int Id, string Value)>();
        var userBytes = 0;
        while (block.Left > 0)
        {
            var id = block.VariableInt();
            if (!Table.TryGetValue(id, out var rule)) throw new RefusedException($"no property {id}");
            if (!rule.Packets.Split(' ').Contains(type)) throw new RefusedException($"property {id} in {type}");
            var mayRepeat = id == 38 || (id == 11 && type == "publish") || bug == 1;
            if (!mayRepeat && found.Any(p => p.Id == id)) throw new RefusedException($"property {id} twice");
            var value = Value(block, rule.Kind, ref userBytes);
            if (value == "0" && id is 11 or 33 or 35 or 39) throw new RefusedException($"property {id} is 0");
            if (id == 8 && !NaiveTopics.IsName(value)) throw new RefusedException("response topic");
            found.Add((id, value));
        }

        if (found.Count(p => p.Id == 38) > 64 || userBytes > 16 * 1024) throw new RefusedException("too many user properties");
        return [.. found.Where(p => !IsDefault(p)).OrderBy(p => p.Id)];
    }

    private static string Value(NaiveCursor block, char kind, ref int userBytes)
    {
        switch (kind)
        {
            case 'b':
                var flag = block.Byte();
                return flag > 1 ? throw new RefusedException("neither 0 nor 1") : $"{flag}";
            case '2': return $"{block.UInt16()}";
            case '4': return $"{block.UInt32()}";
            case 'v': return $"{block.VariableInt()}";
            case 's': return block.Text();
            case 'x': return Convert.ToHexString(block.Binary());
            default:
                var before = block.Left;
                var pair = $"{block.Text()}:{block.Text()}";
                userBytes += before - block.Left - 4;
                return pair;
        }
    }

    private static bool IsDefault((int Id, string Value) property) => property switch
    {
        (1 or 24 or 25, "0") => true,
        (23 or 37 or 40 or 41 or 42, "1") => true,
        _ => false,
    };
}
