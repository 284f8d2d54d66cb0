using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Places;
using SmartCommunity.Stores.TimeSeries;

namespace SmartCommunity.Grains.Tests.Places;

public class SampleFlightTests
{
    private readonly FlakyStore _store = new();

    [Fact]
    public async Task Samples_are_gathered_in_another_list_while_they_fly()
    {
        var flight = new SampleFlight(_store);
        var first = Samples(1, 2);
        var gathering = flight.Start(first);
        gathering.ShouldBeEmpty();
        gathering.ShouldNotBeSameAs(first);
        flight.HasLanded.ShouldBeFalse();

        _store.Answer(null);
        await flight.LandAsync();
        flight.HasLanded.ShouldBeTrue();
        gathering.AddRange(Samples(3));
        flight.Start(gathering).ShouldBeEmpty();
        _store.Taken.ShouldBe([[1, 2], [3]]);
    }

    [Fact]
    public async Task What_the_store_could_not_take_is_sent_again_and_never_given_up()
    {
        var flight = new SampleFlight(_store);
        flight.Start(Samples(1, 2));
        _store.Answer(new InvalidOperationException("The disk is full."));

        // The first landing after a failure is the next try.
        var landing = flight.LandAsync();
        _store.Answer(new InvalidOperationException("Still full."));
        await Should.ThrowAsync<InvalidOperationException>(landing);
        flight.HasLanded.ShouldBeFalse();

        landing = flight.LandAsync();
        _store.Answer(null);
        await landing;
        flight.HasLanded.ShouldBeTrue();
        _store.Taken.ShouldBe([[1, 2], [1, 2], [1, 2]]);
    }

    private static List<Sample> Samples(params double[] values) =>
        [.. values.Select(value => new Sample(DeviceId.FromTrusted("d1"), "power", DateTimeOffset.UnixEpoch.AddSeconds(value), value))];

    private sealed class FlakyStore : ITimeSeriesStore
    {
        private TaskCompletionSource _answer = new();

        public List<double[]> Taken { get; } = [];

        public void Answer(Exception? failure)
        {
            var answer = _answer;
            _answer = new();
            if (failure is null)
            {
                answer.SetResult();
            }
            else
            {
                answer.SetException(failure);
            }
        }

        public ValueTask AppendAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
        {
            Taken.Add([.. samples.Select(sample => sample.Value)]);
            return new(_answer.Task);
        }

        public ValueTask<ImmutableArray<SamplePoint>> ReadAsync(
            DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<SampleBucket>> ReadBucketsAsync(
            DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<Sample>> ReadLatestAsync(DeviceId device, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
