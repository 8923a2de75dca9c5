using System.Text.Json.Serialization;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Account;

/// <summary>What an organization consists of.</summary>
public enum EntityKind { Root, Unit, Account }

/// <summary>
/// The root, an organizational unit or an account of an organization. The id alone says which one is meant: units of the same name may stand
/// under different parents.
/// </summary>
/// <param name="Name">As people call it; not unique.</param>
public sealed record EntityRef(EntityKind Kind, string Id, string Name)
{
    /// <summary>The kind as commands write it: <c>root</c>, <c>ou</c> or <c>account</c>.</summary>
    [JsonIgnore]
    public string KindWord => Kind switch
    {
        EntityKind.Root => "root",
        EntityKind.Unit => "ou",
        _ => "account",
    };

    /// <summary>By which it is told apart from every other, as typed after <c>/unused</c>: <c>ou ou-a1b2-devel001</c>.</summary>
    [JsonIgnore]
    public string Words => $"{KindWord} {Id}";

    /// <summary>Within a sentence: the kind, the name and the id.</summary>
    [JsonIgnore]
    public Prose Prose => Kind == EntityKind.Root ? Prose.Of($"root {Id}") : Prose.Of($"{(Kind == EntityKind.Unit ? "OU" : "account"):w} {Name} ({Id})");
}
