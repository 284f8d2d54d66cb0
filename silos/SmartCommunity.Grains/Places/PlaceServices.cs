using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Stores.DeadLetters;
using SmartCommunity.Stores.Events;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Outbox;
using SmartCommunity.Stores.TimeSeries;

namespace SmartCommunity.Grains.Places;

/// <summary>What every place's grain works with.</summary>
public sealed record PlaceServices(
    CommunityDirectory Directory, IIncidentStore Incidents, IEventStore Events, ITimeSeriesStore TimeSeries, IDeadLetterStore DeadLetters, IOutbox Outbox,
    TimeProvider Time, IOptions<PlaceOptions> Options, ILogger<PlaceServices> Logger);
