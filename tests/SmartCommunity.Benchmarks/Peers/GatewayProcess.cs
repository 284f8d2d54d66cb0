using System.Diagnostics;
using SmartCommunity.Benchmarks.Measuring;

namespace SmartCommunity.Benchmarks.Peers;

/// <summary>An <see cref="OpenGateway"/> in a process of its own.</summary>
internal sealed class GatewayProcess : IOpenServer
{
    /// <summary>The command that runs it; not one for people.</summary>
    public const string Command = "open-gateway";

    private readonly Process _process;

    private GatewayProcess(Process process, int port) => (_process, Port) = (process, port);

    public string Name => "gateway";

    public int Port { get; }

    public double PeakMebibytes => ProcessFigures.PeakMebibytes(_process);

    public double ResidentMebibytes => ProcessFigures.ResidentMebibytes(_process);

    public static async Task<GatewayProcess> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { Command, Path.Combine(folder, "journal") },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            info.ArgumentList.Insert(0, typeof(GatewayProcess).Assembly.Location);
        }

        var process = Process.Start(info)!;
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The gateway did not start.");
        return new(process, new Uri(address).Port);
    }

    public Task<ServerFigures> ReadAsync(CancellationToken cancellationToken) => AskAsync("figures", cancellationToken);

    public Task SettleAsync(CancellationToken cancellationToken) => AskAsync(OpenGateway.Settle, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<ServerFigures> AskAsync(string question, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(question.AsMemory(), cancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The gateway is gone.");
        return new(ProcessFigures.Cpu(_process), new(line.Replace(';', '\n')));
    }
}
