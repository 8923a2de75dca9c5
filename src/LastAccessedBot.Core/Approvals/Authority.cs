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

    /// <summary>Everyone who may decide about the subject, for telling whom to ask.</summary>
    public ImmutableArray<string> Deciders(ReviewSubject subject) =>
        [.. (Owners.GetValueOrDefault(subject.Words) ?? []).Order(StringComparer.Ordinal), .. Admins.Order(StringComparer.Ordinal)];
}
