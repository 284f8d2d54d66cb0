using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Rules.Places;

namespace SmartCommunity.Grains.Places;

/// <summary>Where a place lies, and the devices whose events its grain takes.</summary>
internal sealed record PlaceTopology(GridId Grid, BuildingId? Building, ImmutableArray<DeviceFacts> Devices);
