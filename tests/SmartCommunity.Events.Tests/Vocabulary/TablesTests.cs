using System.Text.Json;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Events.Tests.Vocabulary;

public sealed class TablesTests
{
    [Fact]
    public void Every_event_kind_has_one_row_in_the_order_of_the_numbers()
    {
        EventKinds.All.Select(entry => entry.Kind).ShouldBe(Enum.GetValues<EventKind>().Where(kind => kind != EventKind.None));
        EventKinds.All.Select(entry => (int)entry.Kind).ShouldBe(Enumerable.Range(1, 38));
        EventKinds.All.Select(entry => entry.Name).ShouldBeUnique();
        EventKinds.All.ShouldAllBe(entry => Identifier.IsValid(entry.Name) && entry.Name == entry.Name.ToLowerInvariant() && entry.Chinese.Length > 0 && entry.English.Length > 0);
    }

    [Fact]
    public void Kinds_are_found_by_name_and_number()
    {
        foreach (var entry in EventKinds.All)
        {
            EventKinds.TryParse(entry.Name, out var kind).ShouldBeTrue();
            kind.ShouldBe(entry.Kind);
            EventKinds.NameOf(kind).ShouldBe(entry.Name);
        }

        EventKinds.TryParse("Smoke", out _).ShouldBeFalse();
        EventKinds.TryParse(null, out var none).ShouldBeFalse();
        EventKinds.IsDefined(none).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => EventKinds.NameOf((EventKind)999));
    }

    [Fact]
    public void The_names_of_the_design_are_all_there()
    {
        const string Design = """
            falling-object vehicle-present vehicle-left plate-read access-granted access-denied door-opened door-closed door-forced door-held-open duress tamper smoke fire
            gas co water-leak flood panic lift-fault lift-entrapment e-bike-in-lift fire-lane-blocked line-crossed intrusion loitering crowd-count person-fell manhole-open
            glass-break vibration motion occupancy object-detected device-online device-offline low-battery report
            """;
        EventKinds.All.Select(entry => entry.Name).ShouldBe(Design.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        "temperature humidity co2 pm25 power energy water-volume water-level people-count battery signal".Split(' ').ShouldAllBe(name => Metrics.Find(name) != null);
    }

    [Fact]
    public void Metrics_have_units_and_sensible_limits()
    {
        Metrics.All.Select(entry => entry.Name).ShouldBeUnique();
        Metrics.All.ShouldAllBe(entry => Metrics.IsValidName(entry.Name) && entry.Unit.Length > 0 && entry.Minimum < entry.Maximum && entry.Chinese.Length > 0 && entry.English.Length > 0);
        Metrics.Find("nothing").ShouldBeNull();
        Metrics.IsValidName("a b").ShouldBeFalse();
    }

    [Fact]
    public void Numbers_that_are_stored_never_change()
    {
        Enum.GetValues<ConditionPhase>().Select(phase => $"{(int)phase} {phase}").ShouldBe(["0 Normal", "1 Suspect", "2 Active", "3 Clearing", "4 Cleared", "5 Unknown"]);
        Enum.GetValues<Severity>().Select(severity => $"{(int)severity} {severity}").ShouldBe(["0 P0", "1 P1", "2 P2", "3 P3"]);
        Enum.GetValues<EventPhase>().Select(phase => $"{(int)phase} {phase}").ShouldBe(["0 Pulse", "1 Start", "2 Stop"]);
        JsonSerializer.Serialize(Severity.P1).ShouldBe("\"P1\"");
    }

    [Theory]
    [InlineData("en", "English")]
    [InlineData("en-GB", "English")]
    [InlineData("zh-CN", "中文")]
    [InlineData("fr", "中文")]
    [InlineData(null, "中文")]
    public void Chinese_is_shown_unless_English_is_asked_for(string? language, string text) => new LocalizedText("中文", "English").In(language).ShouldBe(text);
}
