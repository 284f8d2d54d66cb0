using System.Collections.Concurrent;
using Microsoft.Playwright;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Console.Tests.Support;

/// <summary>Somebody in front of the page.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly HostProcess _host;
    private readonly ConcurrentQueue<string> _errors = [];

    internal Person(IPage page, HostProcess host)
    {
        (Page, _host) = (page, host);
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            // What the server refuses is said on the page; the browser notes it too.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _errors.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What scripts of the page have thrown.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public ILocator Incidents => Page.Locator("ul.incidents > li");

    public ILocator Building(string id) => Page.Locator($"#building-{id}");

    public ILocator Command(string name) => Page.Locator($"#command-{name}");

    public async Task SignInAsync(string person, string? password = null)
    {
        await Page.GotoAsync(_host.Http.ToString());
        await Page.Locator("#user").FillAsync(person);
        await Page.Locator("#password").FillAsync(password ?? PasswordOf(person));
        await Page.Locator("button[type=submit]").ClickAsync();
    }

    /// <summary>Presses a command's button and sends the form that it opens.</summary>
    public async Task DoAsync(string command, params (string Field, string Value)[] values)
    {
        await Command(command).ClickAsync();
        foreach (var (field, value) in values)
        {
            var control = Page.Locator($"#field-{field}");
            await (field == "note" ? control.FillAsync(value) : control.SelectOptionAsync(value));
        }

        if (await Page.Locator("form.command").CountAsync() > 0)
        {
            await Page.Locator("form.command button[type=submit]").ClickAsync();
        }
    }

    /// <summary>Keeps a picture in the folder that the environment variable SMARTCOMMUNITY_SCREENSHOTS names; without it, none is made.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SMARTCOMMUNITY_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private string PasswordOf(string person) =>
        _host.Demo.GetProperty("people").EnumerateArray().First(item => item.GetProperty("id").GetString() == person).GetProperty("password").GetString()!;
}
