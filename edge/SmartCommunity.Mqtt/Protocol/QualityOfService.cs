namespace SmartCommunity.Mqtt.Protocol;

/// <summary>How hard a delivery is tried (MQTT 5.0 section 4.3).</summary>
public enum QualityOfService : byte
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}
