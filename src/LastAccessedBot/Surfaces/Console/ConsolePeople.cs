using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Console;

/// <summary>Someone who can chat on the console.</summary>
public sealed record ConsolePerson
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>What they do, in a word or two.</summary>
    public string Title { get; init; } = "";
}

/// <summary>Who can chat on the console.</summary>
public interface IConsolePeople
{
    IReadOnlyList<ConsolePerson> All { get; }
}

/// <summary>The people of <see cref="ConsoleOptions.People"/>.</summary>
internal sealed class ConfiguredPeople(IOptions<ConsoleOptions> options) : IConsolePeople
{
    public IReadOnlyList<ConsolePerson> All => options.Value.People;
}
