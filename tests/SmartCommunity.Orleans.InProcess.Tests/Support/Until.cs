namespace SmartCommunity.Orleans.InProcess.Tests.Support;

internal static class Until
{
    /// <summary>Fails instead of hanging, when a task does not complete.</summary>
    public static Task Soon(this Task task) => task.WaitAsync(TimeSpan.FromSeconds(20));

    /// <inheritdoc cref="Soon(Task)"/>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(20));
}
