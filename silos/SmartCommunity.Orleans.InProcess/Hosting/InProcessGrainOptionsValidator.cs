using Microsoft.Extensions.Options;

namespace SmartCommunity.Orleans.InProcess.Hosting;

/// <summary>Finds every option that makes no sense, all at once.</summary>
internal sealed class InProcessGrainOptionsValidator : IValidateOptions<InProcessGrainOptions>
{
    public ValidateOptionsResult Validate(string? name, InProcessGrainOptions options)
    {
        var mistakes = new List<string>();
        Positive(nameof(options.ResponseTimeout), options.ResponseTimeout);
        Positive(nameof(options.CollectionAge), options.CollectionAge);
        Positive(nameof(options.CollectionQuantum), options.CollectionQuantum);
        Positive(nameof(options.ActivationTimeout), options.ActivationTimeout);
        Positive(nameof(options.DeactivationTimeout), options.DeactivationTimeout);
        Positive(nameof(options.ShutdownTimeout), options.ShutdownTimeout);
        Positive(nameof(options.MinimumReminderPeriod), options.MinimumReminderPeriod);
        if (options.CollectionQuantum > options.CollectionAge)
            mistakes.Add($"{nameof(options.CollectionQuantum)} must not be longer than {nameof(options.CollectionAge)}.");
        if (options.MaxConcurrentReminders < 1)
            mistakes.Add($"{nameof(options.MaxConcurrentReminders)} must be at least 1.");
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);

        void Positive(string option, TimeSpan value)
        {
            if (value <= TimeSpan.Zero)
                mistakes.Add($"{option} must be longer than zero, and is {value}.");
        }
    }
}
