using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LastAccessedBot.Surfaces;

/// <summary>A platform's checkup as a health check. Asked at most once a minute, whoever probes: probes must not use up what the platform gives the bot.</summary>
internal sealed class CheckupHealth(ICheckup checkup, TimeProvider time) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan s_holds = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private (DateTimeOffset At, string? Fault)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || time.GetUtcNow() - last.At >= s_holds) _last = last = (time.GetUtcNow(), await FaultAsync(cancellationToken));
            return last.Fault is { } fault ? new HealthCheckResult(context.Registration.FailureStatus, fault) : HealthCheckResult.Healthy();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<string?> FaultAsync(CancellationToken cancellation) => (await checkup.ExamineAsync(cancellation)).FirstOrDefault(one => one.Verdict == Tone.Bad)?.Sentence;
}

internal static class CheckupHealthServices
{
    /// <summary>Adds the platform to <c>/health/ready</c>. Without it the others go on: the host is not well, but there.</summary>
    public static IServiceCollection AddChatHealth<TCheckup>(this IServiceCollection services, string name)
        where TCheckup : class, ICheckup
    {
        services.AddSingleton<TCheckup>();
        services.AddSingleton<ICheckup>(provider => provider.GetRequiredService<TCheckup>());
        services.AddKeyedSingleton(name, (provider, _) => new CheckupHealth(provider.GetRequiredService<TCheckup>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHealthChecks().Add(new HealthCheckRegistration(name, provider => provider.GetRequiredKeyedService<CheckupHealth>(name), HealthStatus.Degraded, tags: null));
        return services;
    }
}
