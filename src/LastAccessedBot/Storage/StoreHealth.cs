using LastAccessedBot.Flows;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LastAccessedBot.Storage;

/// <summary>The state can be read, and is of the version that this host writes.</summary>
internal sealed class StoreHealth(IAuditTrail audit) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await audit.HeadAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
