using Microsoft.Extensions.Logging;
using Orleans;
using SmartCommunity.Orleans.InProcess.Hosting;

namespace SmartCommunity.Orleans.InProcess.Calls;

/// <summary>What every call needs of the host.</summary>
internal sealed record CallServices(
    TimeProvider Time, GrainMetrics Metrics, ILogger Logger, IReadOnlyList<IIncomingGrainCallFilter> Filters);
