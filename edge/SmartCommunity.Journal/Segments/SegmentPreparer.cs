namespace SmartCommunity.Journal;

/// <summary>Makes segment files of zeros, one ahead of need where the journal has a thread of its own.</summary>
internal sealed class SegmentPreparer(IJournalStorage storage, JournalOptions options) : IDisposable
{
    private Task<IJournalFile>? _next;

    /// <summary>Gives the prepared file its header and name, and starts to prepare another.</summary>
    /// <exception cref="JournalDiskFullException">There is no room; the call may be repeated.</exception>
    internal IJournalFile Take(Segment segment)
    {
        var next = _next;
        _next = null;
        var file = next is null ? storage.Create(SegmentFormat.SpareName, options.SegmentBytes) : next.GetAwaiter().GetResult();
        try
        {
            Span<byte> header = stackalloc byte[SegmentFormat.HeaderBytes];
            SegmentFormat.WriteHeader(header, segment.FirstSequence, options.SegmentBytes);
            file.Write(0, header);
            file.Flush();
            storage.Rename(SegmentFormat.SpareName, segment.Name);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        if (options.OwnThread)
            _next = Task.Run(() => storage.Create(SegmentFormat.SpareName, options.SegmentBytes));
        return file;
    }

    public void Dispose()
    {
        if (_next is null)
            return;
        try
        {
            _next.GetAwaiter().GetResult().Dispose();
            storage.Delete(SegmentFormat.SpareName);
        }
        catch (IOException)
        {
            // A spare that could not be made was not needed; what is left of it is removed at the next start.
        }
    }
}
