using SmartCommunity.Benchmarks.Ingest;

namespace SmartCommunity.Benchmarks.Endpoint;

/// <summary>What the endpoint benchmark runs.</summary>
/// <param name="Publishing">The QoS 1 part: profiles, length of a phase, size of a message.</param>
/// <param name="Subscribers">How many subscribe in the fan-out part; 0 leaves it out.</param>
/// <param name="Idle">How many connections stay idle; 0 leaves it out.</param>
internal sealed record EndpointOptions(IngestOptions Publishing, int Subscribers, int Idle);

/// <summary>What one server did beside QoS 1.</summary>
/// <param name="Server">Its name.</param>
/// <param name="Unacknowledged">QoS 0 publishes.</param>
/// <param name="FanOut">Deliveries to subscribers; null when left out.</param>
/// <param name="Idle">Idle connections; null when left out.</param>
internal sealed record EndpointResult(string Server, Throughput Unacknowledged, Throughput? FanOut, IdleConnections? Idle);
