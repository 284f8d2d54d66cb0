using SmartCommunity.Grains.Ingest;

namespace SmartCommunity.Grains.Tests.Ingest;

public sealed class PlaceCursorTests
{
    private readonly PlaceCursor _cursor = new(grain: null!);

    [Fact]
    public void Each_part_names_the_last_one_that_was_sent()
    {
        _cursor.Send(10).ShouldBe(0);
        _cursor.Send(20).ShouldBe(10);
        _cursor.Send(25).ShouldBe(20);
    }

    [Fact]
    public void A_failed_part_takes_the_belief_back()
    {
        _cursor.Send(10);
        var previous = _cursor.Send(20);
        _cursor.GoBack(previous);
        _cursor.Send(20).ShouldBe(10);
    }

    [Fact]
    public void What_was_accepted_is_not_durable_before_a_checkpoint_covers_it()
    {
        _cursor.FirstNotDurable.ShouldBeNull();
        _cursor.Accept(5, 9);
        _cursor.Accept(12, 15);
        _cursor.FirstNotDurable.ShouldBe(5);
        _cursor.MakeDurable(9);
        _cursor.FirstNotDurable.ShouldBe(10);
        _cursor.MakeDurable(15);
        _cursor.FirstNotDurable.ShouldBeNull();
    }

    [Fact]
    public void A_checkpoint_from_before_the_part_makes_it_no_more_durable()
    {
        _cursor.Accept(5, 9);
        _cursor.MakeDurable(3);
        _cursor.FirstNotDurable.ShouldBe(5);
    }
}
