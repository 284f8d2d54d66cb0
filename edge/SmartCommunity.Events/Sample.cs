using SmartCommunity.Events.Ids;

namespace SmartCommunity.Events;

/// <summary>One value of one metric of one device at one time. The same device, metric and time is the same sample.</summary>
/// <param name="Device">Who measured.</param>
/// <param name="Metric">What, for example <c>temperature</c>; see <see cref="Vocabulary.Metrics"/>.</param>
/// <param name="Time">When, to the millisecond.</param>
/// <param name="Value">How much, in the metric's unit; always finite.</param>
public readonly record struct Sample(DeviceId Device, string Metric, DateTimeOffset Time, double Value);
