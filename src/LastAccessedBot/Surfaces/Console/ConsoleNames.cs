using System.Collections.Immutable;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Surfaces.Console;

/// <summary>The names in the account that the page offers while somebody types.</summary>
public interface IConsoleNames
{
    Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation);
}

/// <summary>Those of the home account. Asks AWS at most every half a minute; while AWS does not answer, the names of last time are offered.</summary>
internal sealed partial class NamesInAccount(IAccounts accounts, TimeProvider time, ILogger<NamesInAccount> log) : IConsoleNames
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(30);

    private (DateTimeOffset At, IReadOnlyList<string> Names) _last = (DateTimeOffset.MinValue, ImmutableArray<string>.Empty);

    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (now - _last.At < s_fresh) return _last.Names;
        try
        {
            var names = await accounts.Of(accounts.Home).Reader.NamesAsync(cancellation);
            _last = (now, [.. names.Identities.Select(identity => identity.Name).Concat(names.Policies.Select(policy => policy.Name)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)]);
        }
        catch (AwsFailureException failure)
        {
            LogNoNames(failure);
        }
        return _last.Names;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account's names could not be read for completion")]
    private partial void LogNoNames(Exception failure);
}
