namespace SmartCommunity.Journal;

/// <summary>What a scan found in one segment.</summary>
/// <param name="NextSequence">One more than the last whole record's sequence; the segment's first sequence when it holds none.</param>
/// <param name="End">The offset behind the last whole record or mark.</param>
/// <param name="RubbishBytes">Bytes from <paramref name="End"/> to the last byte that is not zero; 0 for a clean end.</param>
/// <param name="DurableThrough">What the latest mark says was on disk when it was written; 0 without a mark.</param>
/// <param name="Holes">Places between whole records that are no records, in their order.</param>
internal readonly record struct SegmentScan(long NextSequence, int End, int RubbishBytes, long DurableThrough, IReadOnlyList<SegmentHole> Holes);

/// <summary>Bytes that are neither a whole record nor a mark, with something whole behind them.</summary>
/// <param name="Offset">Where they start.</param>
/// <param name="Length">How many they are.</param>
/// <param name="LostFrom">The sequence that was expected there.</param>
/// <param name="LostThrough">The last sequence that is missing; LostFrom − 1 when none is; null when no record follows in this segment.</param>
internal readonly record struct SegmentHole(int Offset, int Length, long LostFrom, long? LostThrough);
