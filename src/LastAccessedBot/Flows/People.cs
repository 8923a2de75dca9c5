using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>People as the store writes them, and their names for showing.</summary>
public interface IPeople
{
    /// <summary>The display name of <c>surface:id</c>; the id itself for somebody unknown.</summary>
    string NameOf(string person);
}

/// <summary>What one chat platform knows of its people.</summary>
public interface IDirectory
{
    string Surface { get; }

    /// <summary>A person's or a group's display name by the platform's own id; null for somebody unknown.</summary>
    string? NameOf(string id);

    /// <summary>
    /// Those of the groups, by the platform's own ids, that the person belongs to; an id that is no group of the platform's is left out. null
    /// for somebody who decides nothing, whatever the settings say: a guest, a bot, somebody who left.
    /// </summary>
    Task<ImmutableArray<string>?> GroupsOfAsync(string id, IReadOnlyCollection<string> among, CancellationToken cancellation);

    /// <summary>Whom a mention names: somebody who may decide, or a group; null for everybody else.</summary>
    /// <param name="conversation">Where it was typed.</param>
    /// <param name="mention">The word after the <c>@</c>, as the platform's room hands it over.</param>
    Task<Mentioned?> ResolveAsync(Conversation conversation, string mention, CancellationToken cancellation);
}

/// <summary>Whom a mention names.</summary>
public sealed record Mentioned(Party Party, bool IsGroup);

public static class PersonKeys
{
    /// <summary>As <c>surface:id</c>: the same id on two platforms is two people.</summary>
    public static string Key(this Person person) => $"{person.Surface}:{person.Id}";

    public static (string Surface, string Id) Split(string key) => key.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (key[..colon], key[(colon + 1)..]) : ("", key);
}

/// <summary>Everybody's names, each from the platform that knows them.</summary>
internal sealed class NamesOfPeople(IEnumerable<IDirectory> directories) : IPeople
{
    public string NameOf(string person)
    {
        var (surface, id) = PersonKeys.Split(person);
        return surface.Length == 0 ? person : directories.FirstOrDefault(directory => directory.Surface == surface)?.NameOf(id) ?? id;
    }
}

/// <summary>
/// Who may decide, as the settings, the commands and the tags say it, with the groups that they name looked up for the one who asks, and for those in
/// whose place that one decides. Whoever decides nothing decides in nobody's place, and nobody in theirs.
/// </summary>
public sealed class AuthorityOf(IEnumerable<IDirectory> directories, IOwners owners, IOptionsMonitor<ApprovalOptions> options, TimeProvider time)
{
    public async Task<Authority> ForAsync(Person person, CancellationToken cancellation)
    {
        var named = await NamedAsync(cancellation);
        var key = person.Key();
        if (await NamesOfAsync(named, key, cancellation) is not { } own) return named.Without(key);
        var authority = named.WithMember(key, own);
        foreach (var absence in (await owners.AbsencesAsync(time.GetUtcNow(), cancellation)).Where(absence => absence.Deputy.Key == key))
            if (await NamesOfAsync(named, absence.Person, cancellation) is { } theirs) authority = authority.WithMember(key, [absence.Person, .. theirs]);
        return authority;
    }

    /// <summary>The same for nobody who asks: groups as they are named.</summary>
    public async Task<Authority> NamedAsync(CancellationToken cancellation) => options.CurrentValue.ToAuthority().With(await owners.AllAsync(cancellation));

    /// <summary>The groups by which somebody is named; null for somebody who decides nothing.</summary>
    private async Task<ImmutableArray<string>?> NamesOfAsync(Authority authority, string key, CancellationToken cancellation)
    {
        var (surface, id) = PersonKeys.Split(key);
        if (directories.FirstOrDefault(one => one.Surface == surface) is not { } directory) return ImmutableArray<string>.Empty;
        var named = authority.Named.Select(PersonKeys.Split).Where(name => name.Surface == surface).Select(name => name.Id).Distinct().ToArray();
        return await directory.GroupsOfAsync(id, named, cancellation) is { } groups ? [.. groups.Select(group => $"{surface}:{group}")] : null;
    }
}
