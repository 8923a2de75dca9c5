using System.Collections.Immutable;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Approvals;

/// <summary>
/// Who may decide. People and groups are <c>surface:id</c>, subjects as typed: <c>group app-dev</c>. A name with a <c>*</c> stands for every
/// subject of its account that begins so and that nobody is named for: the longest counts. What has neither is the admins' alone.
/// </summary>
/// <param name="OnePersonMayDoBoth">Lifts four eyes, for teams of one.</param>
public sealed record Authority(
    ImmutableHashSet<string> Admins,
    ImmutableDictionary<string, ImmutableHashSet<string>> Owners,
    bool OnePersonMayDoBoth)
{
    private const int MostNamed = 4;

    public bool MayDecide(string person, ReviewSubject subject) => Admins.Contains(person) || OwnersOf(subject.Words).Contains(person);

    /// <summary>Those who are named for the subject, else those who are for the likes of it; nobody where it is the admins' alone.</summary>
    /// <param name="words">The subject's.</param>
    public ImmutableHashSet<string> OwnersOf(string words) => Owners.GetValueOrDefault(words) is { IsEmpty: false } named ? named : DefaultOf(words) is { } like ? Owners[like] : [];

    /// <summary>The longest name with a <c>*</c> that stands for the subject; null where there is none.</summary>
    public string? DefaultOf(string words) => Owners
        .Where(pair => !pair.Value.IsEmpty && SubjectPattern.Of(pair.Key)?.StandsFor(words) == true)
        .Select(pair => pair.Key).MaxBy(key => key.Length);

    /// <summary>The subjects that the person may decide about, as they are named, with a <c>*</c> where the likes of it are meant; null for every subject.</summary>
    public ImmutableArray<string>? SubjectsOf(string person) => Admins.Contains(person) ? null : [.. Owners.Where(pair => pair.Value.Contains(person)).Select(pair => pair.Key)];

    /// <summary>All that is named, people and groups alike.</summary>
    public IEnumerable<string> Named => Admins.Concat(Owners.Values.SelectMany(owners => owners));

    /// <summary>The same with the owners that were named besides.</summary>
    public Authority With(IEnumerable<Ownership> ownerships)
    {
        var owners = Owners.ToBuilder();
        foreach (var one in ownerships) owners[one.Subject] = owners.GetValueOrDefault(one.Subject, []).Union(one.Named).Except(one.Removed);
        return this with { Owners = owners.ToImmutable() };
    }

    /// <summary>The same with the person named wherever one of the others is: the groups that they belong to, those whose deputy they are.</summary>
    public Authority WithMember(string person, IReadOnlyCollection<string> others) => others.Count == 0 ? this : this with
    {
        Admins = Admins.Overlaps(others) ? Admins.Add(person) : Admins,
        Owners = Owners.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Overlaps(others) ? pair.Value.Add(person) : pair.Value, Owners.KeyComparer),
    };

    /// <summary>The same without the person.</summary>
    public Authority Without(string person) => this with
    {
        Admins = Admins.Remove(person),
        Owners = Owners.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Remove(person), Owners.KeyComparer),
    };

    /// <summary>Everyone who may decide about the subject, for telling whom to ask.</summary>
    public ImmutableArray<string> Deciders(ReviewSubject subject) =>
        [.. OwnersOf(subject.Words).Order(StringComparer.Ordinal), .. Admins.Order(StringComparer.Ordinal)];

    /// <summary>What somebody hears who may not decide about the subject: whom to ask.</summary>
    /// <param name="nameOf">A person's display name.</param>
    public Refusal MayNot(string person, ReviewSubject subject, Func<string, string> nameOf)
    {
        var deciders = Deciders(subject).Where(decider => decider != person).Select(decider => $"`{nameOf(decider)}`").Distinct().Take(MostNamed).ToArray();
        return new Refusal(
            $"You may not decide about {subject.Prose.InBackticks()}",
            deciders.Length > 0 ? $"ask {string.Join(" or ", deciders)}" : "nobody may yet: name admins in the settings, under `Approvals:Admins`");
    }
}
