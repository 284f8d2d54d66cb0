using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Api.Tests.Support;

/// <summary>Live pictures and cases.</summary>
internal static class SampleState
{
    /// <summary>A place of which nothing has been heard.</summary>
    public static PlaceView Silent(string key) => new() { Summary = Summary(key, "", [0, 0, 0, 0], 0), Devices = [], Conditions = [] };

    public static PlaceView Place(string key, string grid, int[] open, int online, params DeviceView[] devices) =>
        new() { Summary = Summary(key, grid, open, online), Devices = devices, Conditions = [] };

    public static DeviceView Device(string id, bool? online, DateTimeOffset? seen, params MetricView[] values) =>
        new() { Device = id, Online = online, LastSeenAt = seen, Values = values };

    private static PlaceSummary Summary(string key, string grid, int[] open, int online)
    {
        var (community, place) = PlaceKey.Parse(key);
        return new()
        {
            Community = community.Value,
            Grid = grid,
            Building = place.Contains("-b", StringComparison.Ordinal) ? place : "",
            OpenCases = open,
            Devices = 2,
            DevicesOnline = online,
            Revision = 1,
        };
    }

    /// <summary>A falling object at building w-b1, which waits for registration.</summary>
    public static CaseDecision.Accepted FallingObject(
        DateTimeOffset at, string cause = "e-1", string community = "willow", string building = "w-b1", string grid = "w-g1", Severity severity = Severity.P1,
        double confidence = 0.93)
    {
        var rule = RuleId.Parse("falling-object");
        var key = $"{community}/falling-object/{building}/{cause}";
        var device = DeviceId.Parse("w-cam1");
        return CaseMachine.Open(
            new()
            {
                Id = IncidentId.Derive(rule, key, cause),
                Community = CommunityId.Parse(community),
                Grid = GridId.Parse(grid),
                Building = BuildingId.Parse(building),
                Kind = "falling-object",
                Severity = severity,
                Key = key,
                Title = new("1 号楼南立面高空抛物", "Falling object at building 1, south"),
                Why = new(rule, 3, new("2 分钟内 1 次抛物，置信度 0.93。", "1 throw within 2 minutes, confidence 0.93.")),
                Confidence = confidence,
                DispatchAutomatically = false,
                EventTime = at,
                Devices = [device],
                Events = [new(cause, device, "falling-object", at, confidence, [new EvidenceLink("image/jpeg", "/evidence/1.jpg")])],
                Candidates = [new(PersonId.Parse("worker"), Role.GridWorker, TaskState.Offered, at)],
            },
            at);
    }
}
