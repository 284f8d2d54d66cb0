namespace SmartCommunity.Journal.Tests.Support;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sc-journal-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
