using System.Collections.Immutable;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Approvals;

/// <summary>Who may decide, from the settings. People are <c>surface:id</c>, subjects as typed: <c>group app-dev</c>.</summary>
/// <param name="OnePersonMayDoBoth">Lifts four eyes, for teams of one.</param>
public sealed record Authority(
    ImmutableHashSet<string> Admins,
    ImmutableDictionary<string, ImmutableHashSet<string>> Owners,
    bool OnePersonMayDoBoth)
{
    public bool MayDecide(string person, ReviewSubject subject) =>
        Admins.Contains(person) || (Owners.TryGetValue(subject.Words, out var owners) && owners.Contains(person));

    /// <summary>The subjects that the person may decide about, as the settings write them; null for every subject.</summary>
    public ImmutableArray<string>? SubjectsOf(string person) => Admins.Contains(person) ? null : [.. Owners.Where(pair => pair.Value.Contains(person)).Select(pair => pair.Key)];

    /// <summary>All that is named, people and groups alike.</summary>
    public IEnumerable<string> Named => Admins.Concat(Owners.Values.SelectMany(owners => owners));

    /// <summary>The same with the person named wherever one of the groups is.</summary>
    public Authority WithMember(string person, IReadOnlyCollection<string> groups) => groups.Count == 0 ? this : this with
    {
        Admins = Admins.Overlaps(groups) ? Admins.Add(person) : Admins,
        Owners = Owners.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Overlaps(groups) ? pair.Value.Add(person) : pair.Value, Owners.KeyComparer),
    };

    /// <summary>The same without the person.</summary>
    public Authority Without(string person) => this with
    {
        Admins = Admins.Remove(person),
        Owners = Owners.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Remove(person), Owners.KeyComparer),
    };

    /// <summary>Everyone who may decide about the subject, for telling whom to ask.</summary>
    public ImmutableArray<string> Deciders(ReviewSubject subject) =>
        [.. (Owners.GetValueOrDefault(subject.Words) ?? []).Order(StringComparer.Ordinal), .. Admins.Order(StringComparer.Ordinal)];
}
