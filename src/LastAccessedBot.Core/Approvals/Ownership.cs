using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Core.Approvals;

/// <summary>A person or a group of people of a chat platform.</summary>
/// <param name="Key">As <c>surface:id</c>.</param>
/// <param name="Name">As it was when somebody named them: months later, a platform may not tell it any more.</param>
public sealed record Party(string Key, string Name);

/// <summary>Who owns a subject besides those whom the settings name.</summary>
/// <param name="Subject">Its words: <c>group app-dev</c>.</param>
/// <param name="Added">By command.</param>
/// <param name="Removed">By command, though the settings or a tag name them: the word of those who own it weighs more.</param>
/// <param name="Tagged">By the subject's own tag when it was last looked into, as <c>surface:id</c>.</param>
/// <param name="Revision">Rises with every write; a write names the revision that it saw.</param>
public sealed record Ownership(string Subject, ImmutableArray<Party> Added, ImmutableArray<string> Removed, ImmutableArray<string> Tagged, int Revision)
{
    public static Ownership Nobody(string subject) => new(subject, [], [], [], 0);

    /// <summary>The same with the party among the owners.</summary>
    public Ownership With(Party party) => this with
    {
        Added = [.. Added.Where(one => one.Key != party.Key), party],
        Removed = Removed.Remove(party.Key),
        Revision = Revision + 1,
    };

    /// <summary>The same without the party, whoever named them.</summary>
    public Ownership Without(string key) => this with
    {
        Added = Added.RemoveAll(one => one.Key == key),
        Removed = Removed.Contains(key) ? Removed : Removed.Add(key),
        Revision = Revision + 1,
    };

    [JsonIgnore]
    public IEnumerable<string> Named => Added.Select(party => party.Key).Concat(Tagged);
}

/// <summary>Somebody is away, and another decides in their place.</summary>
/// <param name="Person">As <c>surface:id</c>.</param>
/// <param name="Deputy">Decides what the person may decide, as themselves: four eyes see two people in them.</param>
/// <param name="Until">From this moment on the person is back.</param>
/// <param name="Revision">Rises with every write.</param>
public sealed record Absence(string Person, Party Deputy, DateTimeOffset Until, int Revision);
