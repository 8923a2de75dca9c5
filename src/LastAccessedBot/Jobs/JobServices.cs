using Hangfire;
using Hangfire.InMemory;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Jobs;

/// <summary>Background work on Hangfire. Its own storage is memory: all state that matters is in the store, and is taken up at start.</summary>
public static class JobServices
{
    public const string Dashboard = "/jobs";

    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddHangfire((provider, hangfire) => hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) })
            .UseFilter(new AutomaticRetryAttribute { Attempts = 20, DelayInSecondsByAttemptFunc = attempt => (int)Math.Min(60, Math.Pow(2, attempt)) }));
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

    /// <summary>The dashboard answers to this machine alone.</summary>
    public static void MapJobs(this WebApplication app) => app.MapHangfireDashboard(Dashboard, new DashboardOptions { Authorization = [new Hangfire.Dashboard.LocalRequestsOnlyAuthorizationFilter()] });
}
