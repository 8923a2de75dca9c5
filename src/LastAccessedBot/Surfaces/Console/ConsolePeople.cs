using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Flows;
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

/// <summary>The console's people by name, for sentences. It knows no groups.</summary>
internal sealed class ConsoleDirectory(IConsolePeople people) : IDirectory
{
    public string Surface => ConsoleSurface.SurfaceName;

    public string? NameOf(string id) => people.All.FirstOrDefault(one => one.Id == id)?.Name;

    public Task<ImmutableArray<string>?> GroupsOfAsync(string id, IReadOnlyCollection<string> among, CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<string>?>(ImmutableArray<string>.Empty);

    public Task<Mentioned?> ResolveAsync(Conversation conversation, string mention, CancellationToken cancellation) =>
        Task.FromResult(people.All.FirstOrDefault(one => one.Id == mention) is { } person ? new Mentioned(new Party($"{Surface}:{person.Id}", person.Name), IsGroup: false) : null);
}
