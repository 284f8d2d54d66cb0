using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Fuzz.Engine;

/// <summary>Where mutation begins: whole packets of every kind, valid and nearly valid, and what attackers like to send.</summary>
public static class SeedPackets
{
    public static readonly (MqttVersion Version, string Hex)[] Entries =
    [
        (MqttVersion.V311, "10 1C 0004 4D515454 04 EE 000A 0001 63 0002 772F 0001 78 0001 75 0003 00FF70"),
        (MqttVersion.V311, "10 0C 0004 4D515454 04 02 0000 0000"),
        (MqttVersion.V311, "10 0F 0006 4D5149736470 03 03 000A 0001 70"),
        (MqttVersion.V500, "10 28 0004 4D515454 05 06 003C 08 11 0000000A 21 0003 0001 63 0A 18 00000007 03 0002 7465 0001 74 0002 6869"),
        (MqttVersion.V500, "10 1B 0004 4D515454 05 C2 003C 05 27 00000100 0001 63 0002 6162 0001 70"),
        (MqttVersion.V500, "10 1A 0004 4D515454 05 02 0000 0D 15 0001 6D 16 0002 0102 17 00 19 01 0000"),
        (MqttVersion.V311, "20 02 01 00"),
        (MqttVersion.V500, "20 0D 00 00 0A 21 0014 24 01 12 0002 6964"),
        (MqttVersion.V311, "30 07 0003 612F62 6869"),
        (MqttVersion.V311, "32 09 0003 612F62 000A 6869"),
        (MqttVersion.V500, "3D 0A 0003 612F62 000A 00 6869"),
        (MqttVersion.V500, "30 06 0000 03 23 0001"),
        (MqttVersion.V500, "30 2B 0001 74 26 01 01 02 0000003C 03 0002 6A73 08 0001 72 09 0002 0102 26 0001 6B 0001 76 26 0001 6B 0001 77 0B 81 01 78"),
        (MqttVersion.V311, "30 08 0006 E7A4BE 2F C3A9"),
        (MqttVersion.V311, "30 06 0004 F09F9880"),
        (MqttVersion.V311, "40 02 000A"),
        (MqttVersion.V500, "40 09 000A 87 05 1F 0002 6E6F"),
        (MqttVersion.V500, "50 03 0001 10"),
        (MqttVersion.V500, "62 03 0001 92"),
        (MqttVersion.V500, "70 02 0001"),
        (MqttVersion.V311, "82 0E 000A 0003 612F62 01 0003 632F64 02"),
        (MqttVersion.V500, "82 0C 000A 02 0B 07 0004 2B2F782F 2D"),
        (MqttVersion.V500, "82 11 0001 00 000B 2473686172652F672F612F23 01"),
        (MqttVersion.V311, "90 05 000A 00 02 80"),
        (MqttVersion.V500, "90 05 000A 00 01 87"),
        (MqttVersion.V311, "A2 0C 000A 0003 612F62 0003 632F64"),
        (MqttVersion.V500, "A2 06 000A 00 0001 23"),
        (MqttVersion.V311, "B0 02 000A"),
        (MqttVersion.V500, "B0 05 000A 00 00 11"),
        (MqttVersion.V311, "C0 00"),
        (MqttVersion.V311, "D0 00"),
        (MqttVersion.V311, "E0 00"),
        (MqttVersion.V500, "E0 01 04"),
        (MqttVersion.V500, "E0 0C 8B 0A 11 00000005 1F 0002 6279"),
        (MqttVersion.V500, "F0 0B 18 09 15 0001 6D 16 0002 0001"),
        (MqttVersion.V500, "10 FF FF FF 7F"),
        (MqttVersion.V500, "30 FF FF FF FF 7F"),
        (MqttVersion.V500, "C0 80 00"),
        (MqttVersion.V500, "82 0A 0001 00 0005 61 00 62 2F 23 00"),
    ];

    public static byte[] Bytes(int index) => Convert.FromHexString(Entries[index].Hex.Replace(" ", "", StringComparison.Ordinal));
}
