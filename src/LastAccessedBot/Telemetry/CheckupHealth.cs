using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LastAccessedBot.Telemetry;

/// <summary>A checkup as a health check. Asked at most once a minute, whoever probes: probes must not use up what AWS and the platforms give the bot.</summary>
internal sealed class CheckupHealth(ICheckup checkup, TimeProvider time) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan s_holds = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private (DateTimeOffset At, string Faults)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || time.GetUtcNow() - last.At >= s_holds) _last = last = (time.GetUtcNow(), await FaultsAsync(cancellationToken));
            return last.Faults.Length > 0 ? new HealthCheckResult(context.Registration.FailureStatus, last.Faults) : HealthCheckResult.Healthy();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<string> FaultsAsync(CancellationToken cancellation) =>
        string.Join("; ", (await checkup.ExamineAsync(cancellation)).Where(one => one.Verdict == Tone.Bad).Select(one => $"{one.What}: {one.Sentence}{(one.Help is { } help ? $" ({help})" : "")}"));
}

internal static class CheckupHealthServices
{
    /// <summary>Adds the checkup to the doctor's, and to <c>/health/ready</c>. Without what it looks at the bot still says who decided what: the host is not well, but there.</summary>
    public static IServiceCollection AddCheckup<TCheckup>(this IServiceCollection services, string name)
        where TCheckup : class, ICheckup
    {
        services.AddSingleton<TCheckup>();
        services.AddSingleton<ICheckup>(provider => provider.GetRequiredService<TCheckup>());
        services.AddKeyedSingleton(name, (provider, _) => new CheckupHealth(provider.GetRequiredService<TCheckup>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHealthChecks().Add(new HealthCheckRegistration(name, provider => provider.GetRequiredKeyedService<CheckupHealth>(name), HealthStatus.Degraded, tags: null));
        return services;
    }
}
