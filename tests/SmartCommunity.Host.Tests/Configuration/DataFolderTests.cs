using SmartCommunity.Host.Configuration;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Host.Tests.Configuration;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Makes_the_folder_and_leaves_it_empty()
    {
        var data = DataFolder.Open(_folder["a/b/c"]);
        data.Path.ShouldBe(_folder["a/b/c"]);
        Directory.EnumerateFileSystemEntries(data.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Takes_a_folder_that_is_there_and_touches_nothing_in_it()
    {
        File.WriteAllText(_folder["kept"], "x");
        DataFolder.Open(_folder.Path).Path.ShouldBe(_folder.Path);
        Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).ShouldBe(["kept"]);
    }

    [Fact]
    public void A_relative_path_is_that_of_the_working_folder() =>
        DataFolder.Open(Path.GetRelativePath(Environment.CurrentDirectory, _folder["relative"])).Path.ShouldBe(_folder["relative"]);

    [Fact]
    public void Names_a_folder_that_can_not_be_made()
    {
        File.WriteAllText(_folder["file"], "");
        var below = Path.Combine(_folder["file"], "data");
        var refusal = Should.Throw<StartException>(() => DataFolder.Open(below));
        refusal.Message.ShouldContain(below);
        refusal.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void Names_a_file_that_stands_where_the_folder_should()
    {
        File.WriteAllText(_folder["file"], "");
        Should.Throw<StartException>(() => DataFolder.Open(_folder["file"])).Message.ShouldContain(_folder["file"]);
    }

    [Fact]
    public void Keeps_its_parts_apart()
    {
        var data = DataFolder.Open(_folder.Path);
        string[] parts = [data.Journal, data.Keys, data.Logs];
        parts.ShouldBeUnique();
        parts.ShouldAllBe(part => Path.GetDirectoryName(part) == data.Path);
    }
}
