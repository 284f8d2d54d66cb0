using Microsoft.Playwright;
using SmartCommunity.Console.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SmartCommunity.Console.Tests;

/// <summary>The page at /, as people use it.</summary>
public sealed class PageTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    [FactWithBrowser]
    public async Task An_incident_appears_and_two_people_deal_with_it()
    {
        await using var handler = await console.OpenAsync();
        await handler.SignInAsync("sun-qiang");
        await Expect(handler.Page.Locator("li.building")).ToHaveCountAsync(12);
        await Expect(handler.Page.Locator(".live.live")).ToHaveTextAsync("实时");
        await Expect(handler.Building("b5")).ToContainTextAsync("5号楼");

        await console.PublishAsync("throw-b5-south", new { kind = "falling-object", confidence = 0.93, data = new { column = 2, floor = 9 } });
        var incident = handler.Incidents.Filter(new() { HasText = "5号楼南立面第2列高空抛物" });
        await Expect(incident).ToHaveCountAsync(1);
        await Expect(incident).ToContainTextAsync("P1");
        await Expect(handler.Page.Locator("li.building.p1:has(#building-b5)")).ToHaveCountAsync(1);
        await handler.PictureAsync("1-overview");

        await incident.Locator("a").ClickAsync();
        await Expect(handler.Page.Locator("p.why")).ToContainTextAsync("高空抛物");
        await handler.DoAsync("accept");
        await Expect(State(handler)).ToContainTextAsync("处置中");
        await handler.DoAsync("arrive");
        await handler.DoAsync("feedback", ("note", "花盆已清理，住户已告知"));
        await Expect(State(handler)).ToContainTextAsync("待核查");
        await Expect(handler.Command("check")).ToHaveCountAsync(0);
        await handler.PictureAsync("2-handled");

        await using var officer = await console.OpenAsync();
        await officer.SignInAsync("zhao-gang");
        await officer.Incidents.Filter(new() { HasText = "5号楼南立面第2列" }).Locator("a").ClickAsync();
        await officer.DoAsync("check", ("passed", "true"));
        await Expect(State(officer)).ToContainTextAsync("核查中");
        await officer.DoAsync("close");
        await Expect(State(officer)).ToContainTextAsync("已结案");
        await officer.PictureAsync("3-closed");

        // The first person did nothing meanwhile: the page followed by itself.
        await Expect(State(handler)).ToContainTextAsync("已结案");
        await handler.Page.Locator("a.brand").ClickAsync();
        await Expect(incident).ToHaveCountAsync(0);
        handler.Errors.ShouldBeEmpty();
        officer.Errors.ShouldBeEmpty();
    }

    [FactWithBrowser]
    public async Task The_language_can_be_switched_and_stays()
    {
        await using var person = await console.OpenAsync();
        await person.SignInAsync("wu-lei");
        await Expect(person.Page.Locator("#sign-out")).ToHaveTextAsync("退出");
        await person.Page.Locator("#language").ClickAsync();
        await Expect(person.Page.Locator("#sign-out")).ToHaveTextAsync("Sign out");
        await Expect(person.Building("b1")).ToContainTextAsync("Building 1");
        await person.Page.ReloadAsync();
        await Expect(person.Page.Locator("#sign-out")).ToHaveTextAsync("Sign out");
        await person.PictureAsync("4-english");
        await person.Page.Locator("#sign-out").ClickAsync();
        await Expect(person.Page.Locator("#password")).ToBeVisibleAsync();
        person.Errors.ShouldBeEmpty();
    }

    [FactWithBrowser]
    public async Task A_wrong_password_is_said_and_nothing_is_shown()
    {
        await using var person = await console.OpenAsync();
        await person.SignInAsync("wu-lei", "wrong");
        await Expect(person.Page.Locator("[role=alert]")).ToBeVisibleAsync();
        await Expect(person.Page.Locator("li.building")).ToHaveCountAsync(0);
        await person.PictureAsync("5-refused");
    }

    [FactWithBrowser]
    public async Task It_fits_a_phone()
    {
        await using var person = await console.OpenAsync(width: 390, height: 844);
        await person.SignInAsync("zhang-wei");
        await Expect(person.Page.Locator("li.building")).ToHaveCountAsync(12);
        await console.PublishAsync("throw-b3-north", new { kind = "falling-object", confidence = 0.9 });
        await Expect(person.Incidents.Filter(new() { HasText = "3号楼北立面" })).ToHaveCountAsync(1);
        await person.PictureAsync("6-phone");
        (await WidthAsync(person)).ShouldBeLessThanOrEqualTo(390);
        await person.Incidents.Filter(new() { HasText = "3号楼北立面" }).Locator("a").ClickAsync();
        await Expect(person.Command("accept")).ToBeVisibleAsync();
        await person.PictureAsync("7-phone-incident");
        (await WidthAsync(person)).ShouldBeLessThanOrEqualTo(390);
    }

    private static ILocator State(Person person) => person.Page.Locator("header.heading p.facts");

    private static async Task<int> WidthAsync(Person person) => await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
}
