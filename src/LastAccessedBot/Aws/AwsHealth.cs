using LastAccessedBot.Flows;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LastAccessedBot.Aws;

/// <summary>AWS knows the bot's credentials. Asked at most twice a minute, whoever probes: a probe must not use up the account's rate.</summary>
internal sealed class AwsHealth(IAccountReader account, TimeProvider time) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan s_holds = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1);
    private (DateTimeOffset At, HealthCheckResult Result)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || time.GetUtcNow() - last.At >= s_holds) _last = last = (time.GetUtcNow(), await AskAsync(context, cancellationToken));
            return last.Result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<HealthCheckResult> AskAsync(HealthCheckContext context, CancellationToken cancellation)
    {
        try
        {
            await account.CallerAsync(cancellation);
            return HealthCheckResult.Healthy();
        }
        catch (AwsFailureException failure)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, failure.Message);
        }
    }
}
