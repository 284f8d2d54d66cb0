using System.IO.Pipelines;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>
/// Lets a client read why it is sent away. A socket that is closed while bytes of the client are unread is reset, and a reset destroys what the client
/// had not read yet, the DISCONNECT with its reason among it. So what still comes is read and dropped until the client closes, or the time is over.
/// </summary>
internal static class Linger
{
    /// <param name="input">What the client sends; nobody else reads it any more.</param>
    /// <param name="atMost">How long the client has.</param>
    /// <param name="time">The clock.</param>
    public static async Task RunAsync(PipeReader input, TimeSpan atMost, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(limit.Token);
                input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return;
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The time is over, or the client went away without closing.
        }
    }
}
