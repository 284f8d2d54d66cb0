using SmartCommunity.Events;
using SmartCommunity.Events.Batches;
using SmartCommunity.Events.Vocabulary;
using static SmartCommunity.Gateway.Tests.Support.GatewayTesting;

namespace SmartCommunity.Gateway.Tests.Decoding;

public sealed class EventTests
{
    [Fact]
    public void All_fields_are_taken()
    {
        var batch = Decode(
            "event",
            """
            {"id":"e-7","kind":"falling-object","time":"2026-11-20T09:59:59Z","confidence":0.93,
             "data":{"floor":12,"nested":{"active":false},"x":[1,2]},"evidence":[{"type":"image/jpeg","uri":"http://c/1.jpg"},{"uri":"s3://b/2","size":3}]}
            """);
        batch.DeadLetter.ShouldBeNull();
        var item = batch.Events.ShouldHaveSingleItem();
        (item.Id, item.Device.Value, item.Kind, item.Phase).ShouldBe(("e-7", "d-1", EventKind.FallingObject, EventPhase.Pulse));
        (item.Time, item.TimeIsReceipt, item.Confidence, item.Historical).ShouldBe((Now.AddSeconds(-1), false, 0.93, false));
        item.Data.ToString().ShouldBe("""{"floor":12,"nested":{"active":false},"x":[1,2]}""");
        item.Data.GetNumber("floor").ShouldBe(12);
        item.Evidence.ShouldBe([new EvidenceLink("image/jpeg", "http://c/1.jpg"), new EvidenceLink("application/octet-stream", "s3://b/2")]);
    }

    [Fact]
    public void Only_the_kind_is_needed_and_null_is_absent()
    {
        foreach (var payload in new[]
        {
            """{"kind":"smoke"}""",
            """{"kind":"smoke","id":null,"time":null,"confidence":null,"data":null,"evidence":null,"future":{"a":[1]}}""",
        })
        {
            var batch = Decode("event", payload);
            batch.DeadLetter.ShouldBeNull();
            var item = batch.Events.ShouldHaveSingleItem();
            (item.Id, item.Time, item.TimeIsReceipt, item.Confidence).ShouldBe(("", Now, true, null));
            item.Data.ShouldBe(EventData.Empty);
            item.Evidence.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_kind_of_the_vocabulary_is_known()
    {
        foreach (var entry in EventKinds.All)
            Decode("event", $$"""{"kind":"{{entry.Name}}"}""").Events.ShouldHaveSingleItem().Kind.ShouldBe(entry.Kind);
    }

    [Theory]
    [InlineData("true", EventPhase.Start)]
    [InlineData("false", EventPhase.Stop)]
    [InlineData("\"ON\"", EventPhase.Start)]
    [InlineData("\"0\"", EventPhase.Stop)]
    [InlineData("1", EventPhase.Start)]
    [InlineData("0", EventPhase.Stop)]
    [InlineData("\"inactive\"", EventPhase.Stop)]
    [InlineData("null", EventPhase.Pulse)]
    public void Active_says_whether_it_starts_or_ends(string json, EventPhase phase)
        => Decode("event", $$$"""{"kind":"smoke","data":{"zone":{"a":1},"active":{{{json}}}}}""").Events.ShouldHaveSingleItem().Phase.ShouldBe(phase);

    [Fact]
    public void A_number_as_id_and_a_confidence_as_text_are_taken()
    {
        var item = Decode("event", """{"kind":"smoke","id":42,"confidence":"0.5"}""").Events.ShouldHaveSingleItem();
        (item.Id, item.Confidence).ShouldBe(("42", 0.5));
    }

    [Fact]
    public void One_message_can_hold_many_events_and_a_bad_one_does_not_take_the_others_with_it()
    {
        var batch = Decode("event", """[{"kind":"smoke"},{"kind":"nonsense"},7,{"kind":"fire"}]""");
        batch.Events.Select(item => item.Kind).ShouldBe([EventKind.Smoke, EventKind.Fire]);
        batch.DeadLetter.ShouldNotBeNull().Reason.ShouldBe("item 2: \"kind\" is \"nonsense\", which is no known kind; item 3: it is 7; it must be an object.");
    }

    [Theory]
    [InlineData("online", EventKind.DeviceOnline)]
    [InlineData("offline", EventKind.DeviceOffline)]
    [InlineData(" Offline\r\n", EventKind.DeviceOffline)]
    [InlineData("\uFEFFonline", EventKind.DeviceOnline)]
    public void A_status_is_an_event(string payload, EventKind kind)
    {
        var item = Decode("status", payload).Events.ShouldHaveSingleItem();
        (item.Kind, item.Time, item.TimeIsReceipt, item.Device.Value).ShouldBe((kind, Now, true, "d-1"));
        item.Data.ShouldBe(EventData.Empty);
        Decode("status", payload, isWill: true).Events.Single().Data.GetBoolean("will").ShouldBe(true);
    }

    [Fact]
    public void What_is_decoded_survives_the_journal()
    {
        var batch = Decode("event", """[{"id":"a","kind":"duress","data":{"active":true},"evidence":[{"uri":"u"}]},{"kind":5}]""");
        var read = EventBatchCodec.Read(EventBatchCodec.ToArray(batch));
        read.Events.Single().Data.ShouldBe(batch.Events.Single().Data);
        read.DeadLetter!.Reason.ShouldBe(batch.DeadLetter!.Reason);
        read.DeadLetter.Payload.ToArray().ShouldBe(batch.DeadLetter.Payload.ToArray());
    }
}
