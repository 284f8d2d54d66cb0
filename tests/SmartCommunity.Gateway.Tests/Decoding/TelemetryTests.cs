using System.Text;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using static SmartCommunity.Gateway.Tests.Support.GatewayTesting;

namespace SmartCommunity.Gateway.Tests.Decoding;

public sealed class TelemetryTests
{
    [Fact]
    public void An_object_gives_its_samples()
    {
        var batch = Decode("telemetry", """{"time":"2026-11-20T09:59:58.5Z","values":{"temperature":21.5,"humidity":40}}""");
        var time = Now.AddSeconds(-1.5);
        batch.Samples.ShouldBe([new Sample(DeviceId.Parse("d-1"), "temperature", time, 21.5), new Sample(DeviceId.Parse("d-1"), "humidity", time, 40)]);
        batch.DeadLetter.ShouldBeNull();
        batch.Events.ShouldBeEmpty();
        batch.ReceivedAt.ShouldBe(Now);
    }

    [Fact]
    public void An_array_gives_the_samples_of_all_its_objects()
    {
        var batch = Decode("telemetry", """[{"values":{"power":1},"time":1795168798500},{"values":{"power":2}}]""");
        batch.Samples.Select(sample => (sample.Value, sample.Time)).ShouldBe([(1, Now.AddSeconds(-1.5)), (2, Now)]);
        batch.DeadLetter.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"2026-11-20T10:00:00Z\"", 0)]
    [InlineData("\"2026-11-20T18:00:00+08:00\"", 0)]
    [InlineData("\"2026-11-20T18:00:00.250+0800\"", 250)]
    [InlineData("\"2026-11-20 10:00:01Z\"", 1000)]
    [InlineData("\"2026-11-20t10:00:01z\"", 1000)]
    [InlineData("1795168800000", 0)]
    [InlineData("1795168800000.7", 0)]
    [InlineData("\"1795168800000\"", 0)]
    [InlineData("1.7951688e12", 0)]
    [InlineData("1795255200000", 86_400_000)]
    [InlineData("1420070400000", -375_098_400_000)]
    public void A_time_of_sense_is_taken(string json, long offsetMs)
    {
        var batch = Decode("telemetry", $$$"""{"time":{{{json}}},"values":{"power":1}}""");
        batch.DeadLetter.ShouldBeNull();
        batch.Samples.Single().Time.ShouldBe(Now.AddMilliseconds(offsetMs));
        Decode("event", $$$"""{"time":{{{json}}},"kind":"smoke"}""").Events.Single().TimeIsReceipt.ShouldBeFalse();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1.61")]
    [InlineData("10086")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("\"10086\"")]
    [InlineData("\"1900-01-01T00:00:00Z\"")]
    [InlineData("\"2014-12-31T23:59:59Z\"")]
    [InlineData("1795255200001")]
    [InlineData("\"9999-12-31T23:59:59Z\"")]
    public void An_absurd_or_missing_time_becomes_the_time_of_receipt_and_an_event_is_marked(string json)
    {
        Decode("telemetry", $$$"""{"time":{{{json}}},"values":{"power":1}}""").Samples.Single().Time.ShouldBe(Now);
        var batch = Decode("event", $$$"""{"time":{{{json}}},"kind":"smoke"}""");
        batch.DeadLetter.ShouldBeNull();
        (batch.Events.Single().Time, batch.Events.Single().TimeIsReceipt).ShouldBe((Now, true));
    }

    [Theory]
    [InlineData("\"1900-01-00T00:00:00Z\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2026-11-20T10:00:00\"")]
    [InlineData("\"\"")]
    public void A_time_that_can_not_be_read_becomes_the_time_of_receipt_and_is_reported(string json)
    {
        foreach (var batch in new[]
        {
            Decode("telemetry", $$$"""{"time":{{{json}}},"values":{"power":1}}"""),
            Decode("event", $$$"""{"time":{{{json}}},"kind":"smoke"}"""),
        })
        {
            batch.DeadLetter.ShouldNotBeNull().Reason.ShouldContain("\"time\" is");
            (batch.Samples.Select(sample => sample.Time).FirstOrDefault(Now), batch.Samples.Count + batch.Events.Count).ShouldBe((Now, 1));
        }
    }

    [Theory]
    [InlineData("21.5", 21.5)]
    [InlineData("-0.5e1", -5)]
    [InlineData("\"21.5\"", 21.5)]
    [InlineData("\" 7 \"", 7)]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    [InlineData("\"true\"", 1)]
    [InlineData("\"ON\"", 1)]
    [InlineData("\"Off\"", 0)]
    [InlineData("\"1\"", 1)]
    [InlineData("\"yes\"", 1)]
    [InlineData("\"active\"", 1)]
    [InlineData("\"trigger\"", 1)]
    public void Numbers_come_in_many_spellings(string json, double value)
    {
        var batch = Decode("telemetry", $$$"""{"values":{"power":{{{json}}}}}""");
        batch.DeadLetter.ShouldBeNull();
        batch.Samples.Single().Value.ShouldBe(value);
    }

    [Fact]
    public void One_bad_value_among_many_is_named_and_the_others_are_kept()
    {
        var batch = Decode("telemetry", """{"values":{"temperature":"NaN","humidity":40,"co2":{"v":1},"室温":3,"power":null}}""");
        batch.Samples.Select(sample => sample.Metric).ShouldBe(["humidity"]);
        var letter = batch.DeadLetter.ShouldNotBeNull();
        letter.Reason.ShouldBe(
            "the value of \"temperature\" is \"NaN\"; it must be a number; the value of \"co2\" is an object; it must be a number; \"室温\" can not name a metric.");
        letter.Decoder.ShouldBe("native");
        letter.Topic.ShouldBe("sc/v1/d-1/telemetry");
        letter.Publisher.ShouldBe(DeviceId.Parse("d-1"));
        Encoding.UTF8.GetString(letter.Payload.Span).ShouldStartWith("{\"values\"");
    }

    [Fact]
    public void A_failed_reading_is_no_value_and_no_mistake()
    {
        var batch = Decode("telemetry", """{"values":{"temperature":null,"humidity":40}}""");
        batch.Samples.Single().Metric.ShouldBe("humidity");
        batch.DeadLetter.ShouldBeNull();
    }

    [Fact]
    public void A_byte_order_mark_and_unknown_fields_are_tolerated()
    {
        byte[] payload = [0xEF, 0xBB, 0xBF, .. """{"v":[{"a":1}],"values":{"power":1},"fw":"1.2"}"""u8];
        var batch = Decode("telemetry", payload);
        batch.DeadLetter.ShouldBeNull();
        batch.Samples.Single().Value.ShouldBe(1);
    }

    [Fact]
    public void Broken_json_behind_good_values_takes_all_of_them_back()
    {
        var batch = Decode("telemetry", """[{"values":{"power":1}},{"values":{"power":2}""");
        batch.Samples.ShouldBeEmpty();
        batch.DeadLetter.ShouldNotBeNull().Reason.ShouldStartWith("the payload is not valid JSON");
    }

    [Fact]
    public void A_message_has_a_most_of_values()
    {
        var values = string.Join(',', Enumerable.Range(0, 5000).Select(index => $"\"m{index}\":1"));
        var batch = Decode("telemetry", "{\"values\":{" + values + "}}");
        batch.Samples.Count.ShouldBe(4096);
        batch.DeadLetter.ShouldNotBeNull().Reason.ShouldContain("more than 4096 values");
    }
}
