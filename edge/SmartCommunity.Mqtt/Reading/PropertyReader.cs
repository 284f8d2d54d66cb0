using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Reading;

/// <summary>Walks the properties of a packet and checks each: known, allowed here, not repeated, of a legal value (MQTT 5.0 section 2.2.2).</summary>
internal ref struct PropertyReader(ReadOnlySpan<byte> block, PropertyScope scope, ReadLimits limits)
{
    private BodyReader _rest = new(block, BodyReader.PropertyLength);
    private ulong _seen;
    private int _userProperties;
    private int _userPropertyBytes;

    /// <summary>The property that <see cref="Next"/> moved to.</summary>
    public PropertyId Id { get; private set; }

    /// <summary>Its value, for the numeric kinds.</summary>
    public uint Number { get; private set; }

    /// <summary>Its value as bytes, for text and binary, and the value of a pair.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The name of a pair.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value of a text; checked already.</summary>
    public readonly string Text => System.Text.Encoding.UTF8.GetString(Value);

    public readonly bool Flag => Number != 0;

    /// <summary>Moves to the next property; false after the last.</summary>
    /// <exception cref="MqttProtocolException">The property breaks a rule.</exception>
    public bool Next()
    {
        if (_rest.Remaining == 0) return false;
        var id = _rest.VariableInt();
        var rule = PropertyTable.Find(id);
        if (rule.Kind == PropertyKind.Unknown) Violation.Malformed("2.2.2.2", $"MQTT has no property {id}.");
        Id = (PropertyId)id;
        CheckRepeat();
        ReadValue(rule.Kind);
        if ((rule.Scope & scope) == PropertyScope.None) Violation.With(Misplaced(scope), "2.2.2.2", $"Property {Id} is not allowed here.");
        if (rule.ZeroForbidden && Number == 0) Violation.Protocol("2.2.2.2", $"Property {Id} is 0.");
        return true;
    }

    /// <summary>Appends the user property that <see cref="Next"/> moved to.</summary>
    public readonly void AddTo(ref List<UserProperty>? list) => (list ??= []).Add(new(System.Text.Encoding.UTF8.GetString(Name), Text));

    // Section 2.2.2.2 calls a known property in the wrong packet malformed; by the terms of section 1.2 it is a protocol error, since it can be
    // parsed. Both end the connection. The servers in the field answer 0x82, and 0x81 in these two packets, and so it is here.
    private static ReasonCode Misplaced(PropertyScope scope) =>
        scope is PropertyScope.Subscribe or PropertyScope.Unsubscribe ? ReasonCode.MalformedPacket : ReasonCode.ProtocolError;

    private void CheckRepeat()
    {
        if (Id == PropertyId.UserProperty)
        {
            if (++_userProperties > limits.MaxUserProperties)
                Violation.With(ReasonCode.QuotaExceeded, "2.2.2.2", $"More than {limits.MaxUserProperties} user properties.");
            return;
        }

        var bit = 1UL << (int)Id;
        var mayRepeat = Id == PropertyId.SubscriptionIdentifier && scope == PropertyScope.Publish;
        if ((_seen & bit) != 0 && !mayRepeat) Violation.Protocol("2.2.2.2", $"Property {Id} occurs twice.");
        _seen |= bit;
    }

    private void CountUserBytes()
    {
        _userPropertyBytes += Name.Length + Value.Length;
        if (_userPropertyBytes > limits.MaxUserPropertyBytes)
            Violation.With(ReasonCode.QuotaExceeded, "2.2.2.2", $"The user properties have more than {limits.MaxUserPropertyBytes} bytes.");
    }

    private void ReadValue(PropertyKind kind)
    {
        switch (kind)
        {
            case PropertyKind.Flag:
                Number = _rest.Byte();
                if (Number > 1) Violation.Protocol("2.2.2.2", $"Property {Id} is neither 0 nor 1.");
                break;
            case PropertyKind.UInt16:
                Number = _rest.UInt16();
                break;
            case PropertyKind.UInt32:
                Number = _rest.UInt32();
                break;
            case PropertyKind.VariableInt:
                Number = (uint)_rest.VariableInt();
                break;
            case PropertyKind.Binary:
                Value = _rest.Binary();
                break;
            case PropertyKind.Pair:
                Name = _rest.Binary();
                Utf8Rules.Check(Name);
                Value = _rest.Binary();
                Utf8Rules.Check(Value);
                CountUserBytes();
                break;
            default:
                Value = _rest.Binary();
                Utf8Rules.Check(Value);
                break;
        }
    }
}
