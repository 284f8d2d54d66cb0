using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SmartCommunity.Stores.Sqlite;

/// <summary>Puts the embedded stores into a host.</summary>
public static class SqliteStoresServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="SqliteStores"/> and every port that it offers. The database is opened when the first of them is asked for; a host that wants to
    /// fail at its start asks for <see cref="SqliteStores"/> then and catches <see cref="Faults.StoreOpenException"/>.
    /// </summary>
    /// <param name="services">The host's services; a <see cref="TimeProvider"/> among them is used.</param>
    /// <param name="options">Where, and the limits; checked at once.</param>
    public static IServiceCollection AddSqliteStores(this IServiceCollection services, SqliteStoreOptions options)
    {
        options.Check();
        return services
            .AddSingleton(provider => SqliteStores.Open(
                options, provider.GetService<TimeProvider>(), provider.GetService<ILogger<SqliteStores>>(), provider.GetService<IMeterFactory>()))
            .AddSingleton(provider => provider.GetRequiredService<SqliteStores>().Incidents)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStores>().Outbox)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStores>().Checkpoints)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStores>().Reminders)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStores>().Events)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStores>().TimeSeries)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStores>().Directory)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStores>().Accounts)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStores>().DeadLetters);
    }
}
