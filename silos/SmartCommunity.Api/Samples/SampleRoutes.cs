using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmartCommunity.Api.Devices;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.TimeSeries;

namespace SmartCommunity.Api.Samples;

/// <summary>What was measured.</summary>
internal static class SampleRoutes
{
    public static void MapSamples(this IEndpointRouteBuilder routes) => routes.MapGet("/samples", ReadAsync).WithTags("samples")
        .Describe(
            "Samples", "One metric of one device; raw without step, else one bucket per step that has samples. The last hour unless from and to say otherwise.")
        .Produces<SampleSeries>().ProducesProblems(400, 401, 404);

    private static async Task<IResult> ReadAsync(
        HttpContext context, SignedInPerson person, [AsParameters] SampleParameters parameters, ITimeSeriesStore store, TimeProvider time, ApiOptions options)
    {
        var input = new InputChecker(context);
        var query = parameters.Read(input, time.GetUtcNow());
        if (input.Problem is { } problem)
        {
            return problem;
        }

        if (person.FindDevice(parameters.Device) is not { } found)
        {
            return ApiProblem.NotFound(context, ProblemTexts.Device, parameters.Device);
        }

        return query.Step is { } step
            ? await ReadBucketsAsync(context, store, found.Device.Id, query, step, options)
            : await ReadRawAsync(context, store, found.Device.Id, query, options);
    }

    private static async Task<IResult> ReadRawAsync(HttpContext context, ITimeSeriesStore store, DeviceId device, SampleQuery query, ApiOptions options)
    {
        var points = await store.ReadAsync(device, query.Metric, query.From, query.To, options.MaxRawSamples + 1, context.RequestAborted);
        if (points.Length > options.MaxRawSamples)
        {
            var step = DurationText.Format(SampleSteps.For(query.To - query.From, options.MaxRawSamples / 10));
            return ApiProblem.Of(context, ProblemKinds.TooMuchAsked, ProblemTexts.TooManyRaw(options.MaxRawSamples, step));
        }

        return TypedResults.Ok(SampleSeries.Of(device, query.Metric, [.. points.Select(point => new[] { point.Time.ToUnixTimeMilliseconds(), point.Value })]));
    }

    private static async Task<IResult> ReadBucketsAsync(
        HttpContext context, ITimeSeriesStore store, DeviceId device, SampleQuery query, TimeSpan step, ApiOptions options)
    {
        var count = ((query.To - query.From).Ticks / step.Ticks) + 1;
        if (count > options.MaxBuckets)
        {
            var longer = DurationText.Format(SampleSteps.For(query.To - query.From, options.MaxBuckets));
            return ApiProblem.Of(context, ProblemKinds.TooMuchAsked, ProblemTexts.TooManyBuckets(count, options.MaxBuckets, longer));
        }

        var buckets = await store.ReadBucketsAsync(device, query.Metric, query.From, query.To, step, context.RequestAborted);
        return TypedResults.Ok(SampleSeries.Of(device, query.Metric, [.. buckets.Select(bucket => Row(bucket, query))]));
    }

    private static double[] Row(SampleBucket bucket, SampleQuery query)
    {
        var row = new double[1 + query.Aggregates.Length];
        row[0] = bucket.Start.ToUnixTimeMilliseconds();
        for (var i = 0; i < query.Aggregates.Length; i++)
        {
            row[i + 1] = SampleAggregates.Of(bucket, query.Aggregates[i]);
        }

        return row;
    }
}

/// <summary>Which samples.</summary>
internal sealed record SampleParameters(
    [property: Description("The device.")] string? Device,
    [property: Description("The metric, for example temperature.")] string? Metric,
    [property: Description("At or after: ISO 8601 with offset, or epoch milliseconds. An hour before to unless given.")] string? From,
    [property: Description("Before. Now unless given.")] string? To,
    [property: Description("The length of a bucket: 300 (seconds), 5m, 1h, PT5M. Raw samples without it.")] string? Step,
    [property: Description("Aggregates in this order: mean, min, max, sum, count, last. Mean unless given.")] string? Agg)
{
    public SampleQuery Read(InputChecker input, DateTimeOffset now)
    {
        input.RequiredId<DeviceId>("device", Device);
        if (!Events.Vocabulary.Metrics.IsValidName(Metric))
        {
            input.Add("metric", string.IsNullOrEmpty(Metric) ? InputTexts.Missing : InputTexts.NotAMetric, InputTexts.IdHint);
        }

        var to = input.Time("to", To) ?? now;
        var from = input.Time("from", From) ?? to.AddHours(-1);
        if (from >= to)
        {
            input.Add("from", InputTexts.FromAfterTo, InputTexts.SwapThem);
        }

        var step = input.Duration("step", Step);
        var aggregates = input.Words("agg", Agg, SampleAggregates.Names);
        if (!aggregates.IsEmpty && string.IsNullOrEmpty(Step))
        {
            input.Add("agg", InputTexts.NeedsStep, InputTexts.DurationHint);
        }

        return new(Metric ?? "", from, to, step, aggregates.IsEmpty ? [SampleAggregates.Mean] : aggregates);
    }
}
