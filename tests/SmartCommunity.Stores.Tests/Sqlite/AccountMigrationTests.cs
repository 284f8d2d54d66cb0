using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Sqlite;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Tests.Sqlite;

/// <summary>A database of the first schema, which kept one token per name, is brought to the second.</summary>
public sealed class AccountMigrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OldCredentialsBecomeTokensAndAccounts()
    {
        using (var connection = Connection.OpenWriter(_folder.File("stores.db"), new() { DataFolder = _folder.Path }, create: true))
        {
            connection.Execute($"{FirstSchema()}; PRAGMA application_id = {Migrations.ApplicationId}; PRAGMA user_version = 1");
            connection.Execute("INSERT INTO credentials VALUES ('cam-1', 1, x'0102'), ('cam-2', 1, x'03'), ('display', 0, x'04')");
        }

        await using var stores = SqliteStores.Open(new() { DataFolder = _folder.Path });
        var (accounts, tokens) = await stores.Accounts.ReadAsync(default);
        tokens.Select(token => (token.Owner, Convert.ToHexString(token.Hash.Span))).ShouldBe(
            [(new TokenOwner("display", false), "04"), (new TokenOwner("cam-1", true), "0102"), (new TokenOwner("cam-2", true), "03")]);
        tokens.Select(token => token.Id).Distinct().Count().ShouldBe(3);
        tokens.ShouldAllBe(token => token.Id.Length == 16 && token.ExpiresAt == null && token.LastUsedAt == null && token.Successor == null);
        var display = accounts.ShouldHaveSingleItem();
        (display.Name, display.Kind, display.Enabled, display.Version).ShouldBe(("display", AccountKind.Subscriber, true, 1));
        display.Subscribe.ShouldBe([MqttAccount.OpenIncidents]);
        display.Publish.ShouldBeEmpty();
        display.Certificates.ShouldBeEmpty();
        (await stores.Database.ReadAsync(connection => connection.ReadInt64("SELECT count(*) FROM sqlite_master WHERE name = 'credentials'"), default)).ShouldBe(0);
    }

    private static string FirstSchema()
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream("0001-first.sql")!);
        return reader.ReadToEnd();
    }
}
