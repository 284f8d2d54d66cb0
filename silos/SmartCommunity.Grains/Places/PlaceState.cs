namespace SmartCommunity.Grains.Places;

/// <summary>The checkpoint of a place's grain, as its storage keeps it.</summary>
[GenerateSerializer, Alias("SmartCommunity.PlaceState")]
public sealed class PlaceState
{
    /// <summary>A <see cref="PlaceMemory"/> in the form of <see cref="PlaceMemoryCodec"/>; empty at first.</summary>
    [Id(0)]
    public byte[] Memory { get; set; } = [];
}
