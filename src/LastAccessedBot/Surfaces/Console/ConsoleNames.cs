namespace LastAccessedBot.Surfaces.Console;

/// <summary>The names in the account that the page offers while somebody types.</summary>
public interface IConsoleNames
{
    Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation);
}

/// <summary>Knows no account, so only the commands' own words are offered.</summary>
internal sealed class NoNames : IConsoleNames
{
    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);
}
