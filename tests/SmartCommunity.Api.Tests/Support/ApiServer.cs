using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using SmartCommunity.Api.Console;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Checkpoints;
using SmartCommunity.Stores.DeadLetters;
using SmartCommunity.Stores.Directory;
using SmartCommunity.Stores.Events;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Outbox;
using SmartCommunity.Stores.TimeSeries;
using SmartCommunity.TestSupport;

namespace SmartCommunity.Api.Tests.Support;

/// <summary>The API on Kestrel at a free port of the loopback, over fakes of everything below it.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    // A password check costs tens of milliseconds by design; one hash serves all tests.
    private static readonly Lazy<string> PasswordHash = new(() => PasswordHashes.Hash(Password));

    private readonly WebApplication _app;

    private ApiServer(WebApplication app, ManualTime time, FakeGrains grains)
    {
        _app = app;
        Time = time;
        Grains = grains;
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Anonymous = new() { BaseAddress = Address };
    }

    public ManualTime Time { get; }

    public FakeGrains Grains { get; }

    public Uri Address { get; }

    /// <summary>A client without sign-in.</summary>
    public HttpClient Anonymous { get; }

    public IServiceProvider Services => _app.Services;

    public FakeDirectoryStore Directory => Get<FakeDirectoryStore>();

    public MemoryAccountStore Accounts => Get<MemoryAccountStore>();

    public FakeIncidentStore Incidents => Get<FakeIncidentStore>();

    /// <summary>What has been logged as an error.</summary>
    public IEnumerable<string> Errors => Get<ErrorLog>().Errors.Select(error => $"{error.Id.Id} {error.Text}");

    public FakeOutbox Outbox => Get<FakeOutbox>();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static Task<ApiServer> StartAsync(ApiOptions? options = null) => StartAsync(options, configure: null);

    public static async Task<ApiServer> StartAsync(ApiOptions? options, Action<WebApplicationBuilder>? configure)
    {
        var time = new ManualTime();
        var incidents = new FakeIncidentStore();
        var directoryStore = new FakeDirectoryStore();
        CommunityDirectory? directory = null;
        var grains = new FakeGrains(incidents, directoryStore, () => directory!, time);

        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var log = new ErrorLog();
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(directoryStore).AddSingleton<IDirectoryStore>(directoryStore);
        builder.Services.AddSingleton(incidents).AddSingleton<IIncidentStore>(incidents);
        Add<MemoryAccountStore, IAccountStore>(builder.Services);
        Add<FakeCheckpointStore, ICheckpointStore>(builder.Services);
        Add<FakeEventStore, IEventStore>(builder.Services);
        Add<FakeTimeSeriesStore, ITimeSeriesStore>(builder.Services);
        Add<FakeDeadLetterStore, IDeadLetterStore>(builder.Services);
        Add<FakeOutbox, IOutbox>(builder.Services);
        builder.Services.AddSingleton<CommunityDirectory>().AddSingleton<IGrainFactory>(grains);
        builder.Services.AddSmartCommunityApi(options ?? new ApiOptions());
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapSmartCommunityApi();
        app.MapConsole();
        directory = app.Services.GetRequiredService<CommunityDirectory>();
        foreach (var community in new[] { SampleCommunity.Willow, SampleCommunity.Maple })
        {
            await StoreAsync(directoryStore, community);
        }

        await directory.LoadAsync(CancellationToken.None);
        await app.StartAsync();
        return new(app, time, grains);
    }

    /// <summary>A client that carries a person's token, made without the cost of a password check.</summary>
    public HttpClient As(string person)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(person));
        return client;
    }

    public string TokenOf(string person)
    {
        var ticket = SignInTicket.Create(PersonId.Parse(person), Time.GetUtcNow(), TimeSpan.FromHours(12), "bearer:AccessToken");
        return Get<IOptionsMonitor<BearerTokenOptions>>().Get(SignInServices.Bearer).BearerTokenProtector.Protect(ticket);
    }

    /// <summary>Stores a case and gives its id.</summary>
    public async Task<string> AddIncidentAsync(CaseDecision.Accepted opened)
    {
        await Incidents.CommitAsync(new() { Incident = opened.After, ExpectedVersion = 0, Transitions = opened.Steps, Outbox = [] }, CancellationToken.None);
        return opened.After.Id.Value;
    }

    /// <summary>Puts another version of a community into use.</summary>
    public async Task ChangeCommunityAsync(Community community)
    {
        await StoreAsync(Directory, community);
        await Get<CommunityDirectory>().LoadAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private static void Add<TFake, TPort>(IServiceCollection services) where TFake : class, TPort, new() where TPort : class
    {
        var fake = new TFake();
        services.AddSingleton(fake).AddSingleton<TPort>(fake);
    }

    private static async Task StoreAsync(FakeDirectoryStore store, Community community)
    {
        var stored = (await store.ReadCommunitiesAsync(CancellationToken.None)).FirstOrDefault(item => item.Id == community.Id)?.Version ?? 0;
        await store.WriteCommunityAsync(community.Id, CommunityFile.Write(community), stored, DateTimeOffset.UnixEpoch, "test", CancellationToken.None);
        foreach (var person in community.People)
        {
            store.Passwords[person.Id] = PasswordHash.Value;
        }
    }
}

/// <summary>Answers as the tests read them.</summary>
internal static class Answers
{
    /// <summary>The JSON of an answer with the status that is expected.</summary>
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response, int status = 200)
    {
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        return JsonElement.Parse(text);
    }

    /// <summary>A problem with its status and code, in the form of RFC 9457.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        var problem = await response.JsonAsync(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("type").GetString().ShouldBe($"urn:smartcommunity:problem:{code}");
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path, int status = 200) =>
        await (await client.GetAsync(path)).JsonAsync(status);

    public static Task<HttpResponseMessage> PostAsync<T>(this HttpClient client, string path, T body) => client.PostAsJsonAsync(path, body);

    public static IReadOnlyList<string> Strings(this JsonElement array, string? member = null) =>
        [.. array.EnumerateArray().Select(item => (member is null ? item : item.GetProperty(member)).GetString()!)];
}
