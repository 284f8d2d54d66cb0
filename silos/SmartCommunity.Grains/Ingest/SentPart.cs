using SmartCommunity.Grains.Contracts;

namespace SmartCommunity.Grains.Ingest;

/// <summary>A part on its way to its place.</summary>
internal sealed class SentPart(PlaceCursor place, long previous, long first, long last, Task<PartAnswer> answer)
{
    /// <summary>Why it did not arrive, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What the place has seen instead of what was believed, or null.</summary>
    public long? RewindTo { get; private set; }

    /// <summary>Waits for the answer and notes it at the cursor; never throws.</summary>
    public async Task SettleAsync(Lock gate)
    {
        try
        {
            var result = await answer;
            lock (gate)
            {
                if (result.Accepted)
                {
                    place.Accept(first, last);
                }
                else
                {
                    RewindTo = result.SeenThrough;
                    place.GoBack(result.SeenThrough);
                }
            }
        }
        catch (Exception exception)
        {
            // Whatever it was, the sender's answer is the same: the batch comes again, and the place says where it stands.
            Failure = exception;
            lock (gate)
            {
                place.GoBack(previous);
            }
        }
    }
}
