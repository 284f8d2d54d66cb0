using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartCommunity.Simulation.Demo;

/// <summary>
/// <c>demo.json</c> in a demo's data folder (DESIGN section 5, Process): where the demo listens and everybody's sign-in, for scripts, simulators and tests.
/// It holds secrets: whoever writes it keeps others from reading it.
/// </summary>
/// <param name="Http">The base address of the HTTP side, for example <c>http://127.0.0.1:8080</c>.</param>
/// <param name="Mqtt">Where devices connect.</param>
/// <param name="People">Everybody who can sign in.</param>
/// <param name="Devices">Every device.</param>
public sealed record DemoFile(string Http, DemoMqtt Mqtt, IReadOnlyList<DemoPerson> People, IReadOnlyList<DemoDevice> Devices)
{
    /// <summary>The name of the file in the data folder.</summary>
    public const string FileName = "demo.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The content of the file.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Reads the content of a file.</summary>
    /// <exception cref="FormatException">It is not a demo file; the message says why.</exception>
    public static DemoFile Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<DemoFile>(json, Options) ?? throw new FormatException("The demo file holds null.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The demo file is wrong at {exception.Path}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is not a demo file; the message says why.</exception>
    /// <exception cref="IOException">It can not be read.</exception>
    public static async Task<DemoFile> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        Parse(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
}

/// <summary>Where devices connect.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
public sealed record DemoMqtt(string Host, int Port);

/// <summary>Somebody who can sign in.</summary>
/// <param name="Id">The user name.</param>
/// <param name="Name">Their name.</param>
/// <param name="Roles">Roles in kebab-case.</param>
/// <param name="Password">The password in the clear.</param>
public sealed record DemoPerson(string Id, string Name, IReadOnlyList<string> Roles, string Password);

/// <summary>A device.</summary>
/// <param name="Id">The MQTT user name.</param>
/// <param name="Kind">One of the device kinds.</param>
/// <param name="Community">The community.</param>
/// <param name="Grid">The grid.</param>
/// <param name="Building">The building, or null.</param>
/// <param name="Zone">The zone, or null.</param>
/// <param name="Token">The MQTT password in the clear.</param>
public sealed record DemoDevice(string Id, string Kind, string Community, string Grid, string? Building, string? Zone, string Token);
