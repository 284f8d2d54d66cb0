using System.Security.Cryptography;
using System.Text;
using SmartCommunity.Host.Provisioning;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Host.Tests.Provisioning;

public sealed class SecretTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Passwords_are_long_differ_and_can_be_copied_by_hand()
    {
        var passwords = Enumerable.Range(0, 500).Select(_ => Secrets.NewPassword()).ToList();
        passwords.ShouldBeUnique();
        passwords.ShouldAllBe(password => password.Length == 12);
        string.Concat(passwords).ToCharArray().Intersect("01OlI").ShouldBeEmpty();
        string.Concat(passwords).Distinct().Count().ShouldBe(32, "500 passwords show every character");
    }

    [Fact]
    public void Tokens_have_128_bits_and_differ()
    {
        var tokens = Enumerable.Range(0, 500).Select(_ => Secrets.NewToken()).ToList();
        tokens.ShouldBeUnique();
        tokens.ShouldAllBe(token => Convert.FromHexString(token).Length == 16);
    }

    [Fact]
    public void What_is_stored_of_a_token_is_its_sha_256() => Secrets.HashToken("abc").ShouldBe(SHA256.HashData(Encoding.UTF8.GetBytes("abc")));

    [Fact]
    public async Task A_secret_file_is_the_owners_and_is_replaced_whole()
    {
        var path = _folder["secret.json"];
        await SecretFile.WriteAsync(path, "a long first content"u8.ToArray(), default);
        await SecretFile.WriteAsync(path, "second"u8.ToArray(), default);
        (await File.ReadAllTextAsync(path)).ShouldBe("second");
        Directory.EnumerateFiles(_folder.Path).ShouldBe([path]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_secret_file_is_the_owners_also_where_a_leftover_was_open_to_all()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // A start that was killed between writing and renaming leaves its file behind; somebody may have changed its mode.
        var path = _folder["secret.json"];
        foreach (var leftover in new[] { path, path + ".new" })
        {
            await File.WriteAllTextAsync(leftover, "old");
            File.SetUnixFileMode(leftover, (UnixFileMode)0b110_110_110);
        }

        await SecretFile.WriteAsync(path, "new"u8.ToArray(), default);
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
