using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Jobs;

/// <summary>
/// Background work on Hangfire. Where one host has the state to itself, its jobs are in memory: all that matters is in the store, and is taken up
/// at start. Where several share a server, the jobs are there too: one host does each, and another goes on when it dies.
/// </summary>
public static class JobServices
{
    public const string Dashboard = "/jobs";

    /// <param name="server">How the server that several hosts share is reached; null where this host is alone.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, string? server)
    {
        services.AddHangfire((provider, hangfire) => StoreIn(server, hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings())
            .UseFilter(new CountedJobs())
            .UseFilter(new AutomaticRetryAttribute { Attempts = 20, DelayInSecondsByAttemptFunc = attempt => (int)Math.Min(60, Math.Pow(2, attempt)) }));
        services.AddHealthChecks().AddCheck<JobsHealth>("jobs");
        services.AddHangfireServer(server =>
        {
            server.WorkerCount = 8;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
        });
        return services
            .AddSingleton<DeliveryQueue>()
            .AddSingleton<IBackgroundWork, BackgroundWork>()
            .AddHostedService<ObeyDeliveries>()
            .AddHostedService<TakeUpAtStart>();
    }

    private static IGlobalConfiguration StoreIn(string? server, IGlobalConfiguration hangfire) => server is null
        ? hangfire.UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) })
        : hangfire.UsePostgreSqlStorage(storage => storage.UseNpgsqlConnection(server), new PostgreSqlStorageOptions
        {
            // A job is told to be alive while it is worked at, so that a dead host's are free soon; a new one is heard of, and looked for besides.
            UseSlidingInvisibilityTimeout = true,
            InvisibilityTimeout = TimeSpan.FromMinutes(1),
            EnableLongPolling = true,
            QueuePollInterval = TimeSpan.FromSeconds(5),
        });

    /// <summary>The dashboard answers to this machine alone.</summary>
    public static void MapJobs(this WebApplication app) => app.MapHangfireDashboard(Dashboard, new DashboardOptions { Authorization = [new Hangfire.Dashboard.LocalRequestsOnlyAuthorizationFilter()] });
}
