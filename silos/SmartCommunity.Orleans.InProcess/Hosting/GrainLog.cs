using Microsoft.Extensions.Logging;

namespace SmartCommunity.Orleans.InProcess.Hosting;

/// <summary>What the grain host logs. Event ids 3100 to 3129.</summary>
internal static partial class GrainLog
{
    [LoggerMessage(3100, LogLevel.Information, "Grain host {Name} knows {Classes} grain classes.")]
    public static partial void HostStarted(this ILogger logger, string name, int classes);

    [LoggerMessage(3101, LogLevel.Information, "Grain host {Name} has stopped; {Left} activations did not end in time.")]
    public static partial void HostStopped(this ILogger logger, string name, int left);

    [LoggerMessage(3102, LogLevel.Error, "Grain {Grain} could not be activated.")]
    public static partial void ActivationFailed(this ILogger logger, string grain, Exception exception);

    [LoggerMessage(3103, LogLevel.Debug, "Grain {Grain} is active.")]
    public static partial void Activated(this ILogger logger, string grain);

    [LoggerMessage(3104, LogLevel.Debug, "Grain {Grain} is deactivated: {Reason}: {Description}")]
    public static partial void Deactivating(this ILogger logger, string grain, global::Orleans.DeactivationReasonCode reason, string description);

    [LoggerMessage(3105, LogLevel.Error, "OnDeactivateAsync of grain {Grain} failed.")]
    public static partial void DeactivationFailed(this ILogger logger, string grain, Exception exception);

    [LoggerMessage(3106, LogLevel.Warning, "Grain {Grain} is deactivated, because what it holds in memory is stale.")]
    public static partial void StaleState(this ILogger logger, string grain, Exception exception);

    [LoggerMessage(3107, LogLevel.Error, "One-way call {Method} to grain {Grain} failed.")]
    public static partial void OneWayFailed(this ILogger logger, string method, string grain, Exception exception);

    [LoggerMessage(3108, LogLevel.Warning, "Grain {Grain} did not answer {Call} within {Limit}.")]
    public static partial void CallTimedOut(this ILogger logger, string grain, string call, TimeSpan limit);

    [LoggerMessage(3110, LogLevel.Warning, "A timer callback of grain {Grain} failed; the timer goes on.")]
    public static partial void TimerFailed(this ILogger logger, string grain, Exception exception);

    [LoggerMessage(3120, LogLevel.Information, "{Count} reminders are registered, {Missed} of them were due while the host was not running.")]
    public static partial void RemindersStarted(this ILogger logger, int count, int missed);

    [LoggerMessage(3121, LogLevel.Error, "Reminder {Reminder} of grain {Grain} failed; the next tick is due at {Next:O}.")]
    public static partial void ReminderFailed(this ILogger logger, string reminder, string grain, DateTimeOffset next, Exception exception);

    [LoggerMessage(3122, LogLevel.Error, "Reminder {Reminder} of grain {Grain} could not be stored; after a restart its last tick may come again.")]
    public static partial void ReminderNotStored(this ILogger logger, string reminder, string grain, Exception exception);

    [LoggerMessage(3123, LogLevel.Error, "Reminder {Reminder} of grain {Grain} is kept but not delivered: {Why}")]
    public static partial void ReminderWithoutGrain(this ILogger logger, string reminder, string grain, string why);
}
