using System.Globalization;
using SmartCommunity.Benchmarks.Measuring;

namespace SmartCommunity.Benchmarks.Ingest;

/// <summary>Looks at a server, and writes its pace on standard error.</summary>
internal sealed class ConsoleProbe(string what, Func<CancellationToken, Task<ServerFigures>> read, Func<double>? memory = null) : IProgressProbe
{
    public Task<ServerFigures> ReadAsync(CancellationToken cancellationToken) => read(cancellationToken);

    public void Tell(double acknowledgedPerSecond) => Console.Error.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{what}: {acknowledgedPerSecond:N0} acknowledged/s{(memory is null ? "" : $", {memory():N0} MiB")}"));
}
