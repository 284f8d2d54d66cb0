using System.Text.Json;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Host.Logging;
using SmartCommunity.Host.Provisioning;

namespace SmartCommunity.Host.Hosting;

/// <summary><c>serve</c>: new sign-ins go into a file that only its owner can read, once.</summary>
internal sealed class ServeOpening : IOpening
{
    private const string FileName = "first-sign-in.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<IOpening> PrepareAsync(WebApplication app, Provisioner provisioner, CancellationToken cancellationToken)
    {
        var file = Path.Combine(app.Services.GetRequiredService<DataFolder>().Path, FileName);
        var known = File.Exists(file) ? JsonSerializer.Deserialize<SignIns>(await File.ReadAllBytesAsync(file, cancellationToken), Json) ?? SignIns.None : SignIns.None;
        var made = await provisioner.ProvisionAsync(known, renewUnknown: false, cancellationToken);
        if (made.Passwords.Count + made.Tokens.Count > known.Passwords.Count + known.Tokens.Count)
        {
            await SecretFile.WriteAsync(file, JsonSerializer.SerializeToUtf8Bytes(made, Json), cancellationToken);
            app.Logger.Provisioned(made.Passwords.Count, made.Tokens.Count, file);
            await Console.Out.WriteLineAsync($"{made.Passwords.Count} 个人员、{made.Tokens.Count} 个设备的登录凭据已写入 {file}，请分发后删除。");
        }

        return new ServeOpening();
    }

    public async Task AnnounceAsync(WebApplication app)
    {
        var addresses = Addresses.Of(app);
        app.Logger.Listening(addresses.Http.ToString(), addresses.Mqtt.ToString(), addresses.Mqtts?.ToString() ?? "-", app.Services.GetRequiredService<DataFolder>().Path);
        var mqtts = addresses.Mqtts is null ? "" : $" · MQTTS {addresses.Mqtts}";
        await Console.Out.WriteLineAsync($"SmartCommunity 已启动 · {addresses.Url} · MQTT {addresses.Mqtt}{mqtts}");
    }
}
