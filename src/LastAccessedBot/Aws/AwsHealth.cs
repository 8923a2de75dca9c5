using LastAccessedBot.Core.Account;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LastAccessedBot.Aws;

/// <summary>AWS knows the bot's credentials, and gives it the roles of the further accounts. Asked at most twice a minute, whoever probes: a probe must not use up the account's rate.</summary>
internal sealed class AwsHealth(IAccounts accounts, TimeProvider time) : IHealthCheck, IDisposable
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
        string?[] faults = await Task.WhenAll(accounts.All.Where(account => !account.IsHome).Prepend(accounts.Home).Select(account => FaultAsync(account, cancellation)));
        return faults.OfType<string>().ToArray() is { Length: > 0 } said ? new HealthCheckResult(context.Registration.FailureStatus, string.Join("; ", said)) : HealthCheckResult.Healthy();
    }

    private async Task<string?> FaultAsync(AccountRef? account, CancellationToken cancellation)
    {
        try
        {
            await accounts.Of(account).Reader.CallerAsync(cancellation);
            return null;
        }
        catch (AwsFailureException failure)
        {
            return $"{(account is null ? "" : $"{account.Name}: ")}{failure.Message}{(failure is AwsRefusedException { Check: { } check } ? $" ({check})" : "")}";
        }
    }
}
