using System.Diagnostics;
using SmartCommunity.Events;
using SmartCommunity.Stores.TimeSeries;

namespace SmartCommunity.Grains.Places;

/// <summary>
/// Samples on their way to the store while the grain takes the next ones, so that a checkpoint finds most of them on disk and stops the grain only for the
/// rest. One flight at a time; the grain decides when one begins.
/// </summary>
/// <remarks>What flies is not lost when the store fails: the checkpoint, which can not succeed before, sends it again.</remarks>
internal sealed class SampleFlight(ITimeSeriesStore store)
{
    private List<Sample> _aboard = [];
    private Task _flight = Task.CompletedTask;

    /// <summary>Whether everything that was sent is on disk.</summary>
    public bool HasLanded => _flight.IsCompletedSuccessfully;

    /// <summary>Sends samples off; only after the last flight has landed.</summary>
    /// <param name="samples">What to store; the flight's until it has landed.</param>
    /// <returns>An empty list to gather the next ones in.</returns>
    public List<Sample> Start(List<Sample> samples)
    {
        Debug.Assert(HasLanded, "One flight at a time.");
        var empty = _aboard;
        empty.Clear();
        _aboard = samples;
        _flight = AppendAsync(samples);
        return empty;
    }

    /// <summary>Waits until what flies is on disk. A flight that had failed is tried again first.</summary>
    public Task LandAsync()
    {
        if (_flight.IsFaulted || _flight.IsCanceled)
        {
            _flight = AppendAsync(_aboard);
        }

        return _flight;
    }

    // A store that throws at once must leave a failed flight behind too, or what is aboard would be forgotten.
    private async Task AppendAsync(List<Sample> samples) => await store.AppendAsync(samples, CancellationToken.None);
}
