namespace SmartCommunity.Host.Commands;

/// <summary>What <c>demo</c> adds to <c>serve</c>.</summary>
/// <param name="Devices">How many devices are simulated at most.</param>
/// <param name="Seed">The seed of the simulation.</param>
internal sealed record DemoMode(int Devices, int Seed);
