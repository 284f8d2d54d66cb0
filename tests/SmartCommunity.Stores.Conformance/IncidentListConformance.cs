using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Incidents;
using static SmartCommunity.Stores.Conformance.Cases;

namespace SmartCommunity.Stores.Conformance;

public abstract class IncidentListConformance : PortConformance<IncidentPorts>
{
    [Fact]
    public async Task ListsFilterByEverythingTheyOffer()
    {
        await StoreAsync("plain", 0);
        await StoreAsync("ended", 1, end: true);
        await StoreAsync("community", 2, opening => opening with { Community = CommunityId.Parse("c2") });
        await StoreAsync("outdoors", 3, opening => opening with { Building = null, Grid = GridId.Parse("g2"), Kind = "illegal-parking" });
        await StoreAsync("grave", 4, opening => opening with { Severity = Severity.P0 });
        await StoreAsync("doubtful", 5, opening => opening with { Confidence = 0.1 });
        await StoreAsync("device", 6, opening => opening with { Devices = [DeviceId.Parse("cam-1"), DeviceId.Parse("cam-9")] });
        await StoreAsync("text", 7, opening => opening with { Title = new("100%_\\ 烟雾", "Smoke") });

        await ExpectAsync(new(), "text device doubtful grave outdoors community ended plain");
        await ExpectAsync(new() { Open = false }, "ended");
        await ExpectAsync(new() { Open = true, Community = CommunityId.Parse("c2") }, "community");
        await ExpectAsync(new() { Grid = GridId.Parse("g2") }, "outdoors");
        await ExpectAsync(new() { Building = BuildingId.Parse("b1"), Open = true, Community = CommunityId.Parse("c1") }, "text device doubtful grave plain");
        await ExpectAsync(new() { Kind = "illegal-parking" }, "outdoors");
        await ExpectAsync(new() { Severities = [Severity.P0, Severity.P3] }, "grave");
        await ExpectAsync(new() { States = [IncidentState.Verifying, IncidentState.Void] }, "doubtful ended");
        await ExpectAsync(new() { Device = DeviceId.Parse("cam-9") }, "device");
        await ExpectAsync(new() { From = Start.AddMinutes(2), To = Start.AddMinutes(4) }, "outdoors community");
        await ExpectAsync(new() { Severities = [Severity.P0], States = [IncidentState.Verifying] }, "");
    }

    [Fact]
    public async Task TextIsFoundInTitleReasonAndIdAsItStands()
    {
        await StoreAsync("text", 0, opening => opening with { Title = new("100%_\\ 烟雾", "Smoke in the lift") });
        var other = await StoreAsync("other", 1);

        await ExpectAsync(new() { Text = "烟雾" }, "text");
        await ExpectAsync(new() { Text = "smoke IN" }, "text");
        await ExpectAsync(new() { Text = "0%_\\" }, "text");
        await ExpectAsync(new() { Text = "0%x" }, "");
        await ExpectAsync(new() { Text = "%" }, "text");
        await ExpectAsync(new() { Text = other.Id.Value[3..9] }, "other");
        await ExpectAsync(new() { Text = "内 3 次" }, "other text");
    }

    [Fact]
    public async Task PagesGoThroughAllOnceAlsoWhenCasesAreOpenedAndEndedMeanwhile()
    {
        // Three cases share each minute: time alone does not tell them apart.
        for (var i = 0; i < 23; i++)
        {
            await StoreAsync($"k{i:00}", i / 3);
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Port.Incidents.ListAsync(new() { Limit = 5, Cursor = cursor }, Limit);
            seen.AddRange(page.Items.Select(incident => incident.Key));
            page.Items.Length.ShouldBe(page.Next is null ? 3 : 5);
            cursor = page.Next;
            await StoreAsync($"new-{seen.Count}", 100);
        }
        while (cursor is not null);

        seen.ShouldBe(Enumerable.Range(0, 23).Reverse().Select(i => $"k{i:00}"));
    }

    [Fact]
    public async Task APageThatEndsWithTheLastCaseHasNoNext()
    {
        await StoreAsync("a", 0);
        await StoreAsync("b", 1);
        (await Port.Incidents.ListAsync(new() { Limit = 2 }, Limit)).Next.ShouldBeNull();
    }

    [Fact]
    public async Task WrongLimitsAndCursorsAreRefused()
    {
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Port.Incidents.ListAsync(new() { Limit = 0 }, Limit));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Port.Incidents.ListAsync(new() { Limit = 501 }, Limit));
        await Should.ThrowAsync<FormatException>(async () => await Port.Incidents.ListAsync(new() { Cursor = "1; DROP TABLE incidents" }, Limit));
    }

    [Fact]
    public async Task OpenCasesAreCountedByPlaceAndSeverity()
    {
        await StoreAsync("a", 0);
        await StoreAsync("b", 1);
        await StoreAsync("ended", 2, end: true);
        await StoreAsync("grave", 3, opening => opening with { Severity = Severity.P0 });
        await StoreAsync("outdoors", 4, opening => opening with { Building = null });
        await StoreAsync("elsewhere", 5, opening => opening with { Community = CommunityId.Parse("c2") });

        (await Port.Incidents.CountOpenAsync(CommunityId.Parse("c1"), Limit)).ShouldBe(
            [
                new(GridId.Parse("g1"), null, Severity.P1, 1),
                new(GridId.Parse("g1"), BuildingId.Parse("b1"), Severity.P0, 1),
                new OpenCount(GridId.Parse("g1"), BuildingId.Parse("b1"), Severity.P1, 2),
            ],
            ignoreOrder: true);
    }

    private async Task<Incident> StoreAsync(string key, double minutes, Func<CaseOpening, CaseOpening>? change = null, bool end = false)
    {
        var opened = Open("e", key, minutes, change);
        await Port.Incidents.CommitAsync(CommitOf(opened), Limit);
        if (end)
        {
            await Port.Incidents.CommitAsync(CommitOf(Command(opened.After, CommandNames.Void)), Limit);
        }

        return opened.After;
    }

    private async Task ExpectAsync(IncidentQuery query, string keys) =>
        string.Join(' ', (await Port.Incidents.ListAsync(query, Limit)).Items.Select(incident => incident.Key)).ShouldBe(keys);
}
