using Hangfire;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LastAccessedBot.Jobs;

/// <summary>Somebody does the work, and work can be handed over.</summary>
internal sealed class JobsHealth(JobStorage storage, TimeProvider time) : IHealthCheck
{
    /// <summary>Hangfire's servers say twice a minute that they live.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(2);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var alive = storage.GetMonitoringApi().Servers().Count(server => server.Heartbeat is { } last && time.GetUtcNow() - new DateTimeOffset(last, TimeSpan.Zero) < s_silence);
        return Task.FromResult(alive > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("nobody takes up background work"));
    }
}
