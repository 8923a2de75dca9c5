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
}

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

/// <summary>Who may decide, as the settings say it, with the groups that they name looked up for the one who asks.</summary>
public sealed class AuthorityOf(IEnumerable<IDirectory> directories, IOptionsMonitor<ApprovalOptions> options)
{
    public async Task<Authority> ForAsync(Person person, CancellationToken cancellation)
    {
        var authority = options.CurrentValue.ToAuthority();
        if (directories.FirstOrDefault(one => one.Surface == person.Surface) is not { } directory) return authority;
        var named = authority.Named.Select(PersonKeys.Split).Where(name => name.Surface == person.Surface).Select(name => name.Id).Distinct().ToArray();
        return await directory.GroupsOfAsync(person.Id, named, cancellation) is { } groups
            ? authority.WithMember(person.Key(), [.. groups.Select(group => $"{person.Surface}:{group}")])
            : authority.Without(person.Key());
    }
}
