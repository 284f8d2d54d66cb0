using System.Text;
using SmartCommunity.Api.Accounts;
using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using Microsoft.Extensions.DependencyInjection;

namespace SmartCommunity.Api.Tests.Devices;

public sealed class ImportTests
{
    private const string Path = "/api/v1/devices:import?community=willow";

    [Fact]
    public async Task New_devices_come_in_with_tokens_and_known_ones_change()
    {
        var observer = new Observer();
        await using var server = await ApiServer.StartAsync(null, builder => builder.Services.AddSingleton<ICredentialObserver>(observer));
        using var admin = server.As("admin");
        var answer = await (await admin.PostAsync(Path, Csv("""
            id,kind,name,building,floor,unit
            w-new1,smoke-detector,"新烟感, 5 层",w-b2,5,0501
            w-smoke1,smoke-detector,换了名字,w-b1,4,
            w-door2,door-controller,2 号楼单元门,w-b2,1,
            """))).JsonAsync();
        answer.GetProperty("added").GetInt32().ShouldBe(1);
        answer.GetProperty("changed").GetInt32().ShouldBe(1);
        answer.GetProperty("unchanged").GetInt32().ShouldBe(1);
        answer.GetProperty("version").GetInt64().ShouldBe(2);
        answer.GetProperty("tokens").Strings("device").ShouldBe(["w-new1"]);
        server.Accounts.Tokens.ShouldHaveSingleItem().Owner.ShouldBe(new("w-new1", IsDevice: true));
        observer.Told.ShouldBe(1);

        var community = server.Get<CommunityDirectory>().Find(CommunityId.Parse("willow"))!;
        var added = community.Devices[DeviceId.Parse("w-new1")];
        added.Name.Zh.ShouldBe("新烟感, 5 层");
        added.Grid.Value.ShouldBe("w-g1");
        added.Floor.ShouldBe(5);
        var changed = community.Devices[DeviceId.Parse("w-smoke1")];
        changed.Floor.ShouldBe(4);
        changed.Unit.ShouldBeNull();
        community.Devices.Count.ShouldBe(SampleCommunity.Willow.Devices.Length + 1);
    }

    [Fact]
    public async Task Every_mistake_is_said_at_once_with_its_row_and_nothing_changes()
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        var problem = await (await admin.PostAsync(Path, Csv("""
            id,kind,building,floor
            a b,smoke-detector,w-b1,1
            w-1,,w-b1,1
            w-2,smoke-detector,w-b1,high
            w-2,smoke-detector,w-b1,2
            w-3,smoke-detector
            """))).ProblemAsync(400, "invalid-input");
        problem.GetProperty("errors").Strings("path").ShouldBe(["row 2 id", "row 3 kind", "row 4 floor", "row 5 id", "row 6"]);
        server.Get<CommunityDirectory>().Find(CommunityId.Parse("willow"))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task What_only_the_whole_file_knows_is_said_of_the_row_too()
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        var problem = await (await admin.PostAsync(Path, Csv("""
            id,kind,building
            w-1,smoke-detector,w-b1
            w-2,time-machine,w-b1
            w-3,smoke-detector,w-b99
            """))).ProblemAsync(400, "import-invalid");
        var paths = problem.GetProperty("errors").Strings("path");
        paths.ShouldContain(path => path.StartsWith("row 3"));
        paths.ShouldContain(path => path.StartsWith("row 4"));
        paths.ShouldNotContain(path => path.StartsWith("row 2"));
    }

    [Theory]
    [InlineData("", "row 1")]
    [InlineData("id,colour\nx,red", "row 1")]
    [InlineData("id,kind\nw-1,\"smoke", "row 2")]
    public async Task A_file_of_another_form_is_refused(string csv, string path)
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        (await (await admin.PostAsync(Path, Csv(csv))).ProblemAsync(400, "invalid-input")).GetProperty("errors").Strings("path").ShouldContain(path);
    }

    [Fact]
    public async Task Excel_separators_and_byte_order_marks_are_read_and_other_encodings_are_refused()
    {
        await using var server = await ApiServer.StartAsync();
        using var manager = server.As("manager");
        using var excel = new ByteArrayContent([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("ID;Kind;Building\r\nw-x;smoke-detector;w-b3\r\n")]);
        excel.Headers.ContentType = new("text/csv");
        (await (await manager.PostAsync("/api/v1/devices:import", excel)).JsonAsync()).GetProperty("added").GetInt32().ShouldBe(1);

        using var gbk = new ByteArrayContent([.. "id,kind,name\nw-y,smoke-detector,"u8, 0xD1, 0xCC, 0xB8, 0xD0]);
        gbk.Headers.ContentType = new("text/csv");
        await (await manager.PostAsync("/api/v1/devices:import", gbk)).ProblemAsync(400, "unreadable");
    }

    [Fact]
    public async Task Only_those_who_edit_the_community_import()
    {
        await using var server = await ApiServer.StartAsync();
        using var worker = server.As("worker");
        await (await worker.PostAsync(Path, Csv("id,kind\nw-1,smoke-detector"))).ProblemAsync(403, "forbidden");
        using var outsider = server.As("m-manager");
        await (await outsider.PostAsync(Path, Csv("id,kind\nw-1,smoke-detector"))).ProblemAsync(404, "not-found");
        using var admin = server.As("admin");
        var problem = await (await admin.PostAsync("/api/v1/devices:import", Csv("id,kind\nw-1,smoke-detector"))).ProblemAsync(400, "invalid-input");
        problem.GetProperty("errors")[0].GetProperty("hint").GetString().ShouldNotBeNull().ShouldContain("willow");
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private sealed class Observer : ICredentialObserver
    {
        public int Told { get; private set; }

        public ValueTask CredentialsChangedAsync(CancellationToken cancellationToken)
        {
            Told++;
            return ValueTask.CompletedTask;
        }
    }
}
