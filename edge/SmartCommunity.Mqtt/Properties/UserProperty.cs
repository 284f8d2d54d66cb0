namespace SmartCommunity.Mqtt.Properties;

/// <summary>A user property (MQTT 5.0 section 3.3.2.3.7). Names may repeat; order counts.</summary>
public readonly record struct UserProperty(string Name, string Value);
