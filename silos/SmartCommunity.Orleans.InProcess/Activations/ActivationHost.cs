using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCommunity.Orleans.InProcess.Hosting;

namespace SmartCommunity.Orleans.InProcess.Activations;

/// <summary>What every activation needs of the host.</summary>
internal sealed record ActivationHost(
    TimeProvider Time, InProcessGrainOptions Options, GrainMetrics Metrics, ILogger Logger, IServiceScopeFactory Scopes);
