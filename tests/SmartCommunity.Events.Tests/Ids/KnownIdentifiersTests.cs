using System.Globalization;
using System.Text;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Events.Tests.Ids;

public class KnownIdentifiersTests
{
    [Fact]
    public void The_same_bytes_are_one_string()
    {
        var first = KnownIdentifiers.Get("water-pressure"u8);
        first.ShouldBe("water-pressure");
        KnownIdentifiers.Get("water-pressure"u8).ShouldBeSameAs(first);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("温度")]
    [InlineData("a/b")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void What_is_no_identifier_is_not_known(string text) => KnownIdentifiers.Get(Encoding.UTF8.GetBytes(text)).ShouldBeNull();

    [Fact]
    public async Task More_identifiers_than_places_on_many_threads_are_all_read_right()
    {
        var texts = Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"device-{i}")).ToList();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => texts.ConvertAll(text => KnownIdentifiers.Get(Encoding.ASCII.GetBytes(text))!)));
        foreach (var read in await Task.WhenAll(readers))
        {
            read.ShouldBe(texts);
        }
    }
}
