using System.CommandLine;

namespace SmartCommunity.Simulator.Commands;

/// <summary>The command line. Exit codes: 0 all is well, 1 the system did not do what it should, 2 the call is wrong or there is no system.</summary>
internal static class SimulatorCommand
{
    public const int Failed = 1;
    public const int Unusable = 2;

    public static RootCommand Create() => new("Plays simulated communities against a running system, and presses it.")
    {
        LoadCommand.Create(),
        RunCommand.Create(),
    };

    /// <summary>Says in one line what is wrong.</summary>
    public static async Task<int> RefuseAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return Unusable;
    }
}
