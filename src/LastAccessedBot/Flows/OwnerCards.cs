using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>The cards around owners.</summary>
public static class OwnerCards
{
    public static Card UnderWay(string name) => Card.Of(Prose.Of($"Owners of {name}"), new CardBlock.Progress("Looking for it …", null));

    /// <param name="settings">As the settings say it, alone.</param>
    /// <param name="absences">Those that are not over.</param>
    /// <param name="changedBy">null where nothing was changed.</param>
    public static Card Of(ReviewSubject subject, Authority settings, Ownership ownership, ImmutableArray<Absence> absences, Person? changedBy, Func<string, string> nameOf)
    {
        var named = settings.Owners.GetValueOrDefault(subject.Words, []);
        ImmutableArray<(string Key, string Name, string By)> all =
        [
            .. named.Except(ownership.Removed).Order(StringComparer.Ordinal).Select(key => (key, nameOf(key), "by the settings")),
            .. ownership.Tagged.Except(ownership.Removed).Where(key => !named.Contains(key)).Select(key => (key, nameOf(key), "by its tag")),
            .. ownership.Added.Where(party => !named.Contains(party.Key) && !ownership.Tagged.Contains(party.Key)).Select(party => (party.Key, party.Name, "by command")),
        ];
        var like = all.IsEmpty ? settings.DefaultOf(subject.Words) : null;
        if (like is not null) all = [.. settings.Owners[like].Order(StringComparer.Ordinal).Select(key => (key, nameOf(key), $"by the settings, for {like}"))];
        var blocks = ImmutableArray.CreateBuilder<CardBlock>();
        if (changedBy is not null) blocks.Add(new CardBlock.Paragraph(Prose.Of($"Changed by {changedBy.Name}.")));
        if (all.IsEmpty) blocks.Add(new CardBlock.Paragraph(Prose.Of($"Nobody is named for it: its decisions are the admins', {Prose.Join(", ", settings.Admins.Order(StringComparer.Ordinal).Select(key => Prose.Of($"{nameOf(key)}")))}."), Tone.Caution));
        else blocks.Add(new CardBlock.Table(["Who", "Named"], [.. all.Select(one => new TableRow([Prose.Of($"{one.Name}"), Named(one.By, absences.FirstOrDefault(absence => absence.Person == one.Key))]))]));
        if (ownership.Removed.Where(key => named.Contains(key) || ownership.Tagged.Contains(key)).ToArray() is { Length: > 0 } removed)
            blocks.Add(new CardBlock.Paragraph(Prose.Of($"Taken out by command, though the settings or its tag name them: {Prose.Join(", ", removed.Select(key => Prose.Of($"{nameOf(key)}")))}.")));
        blocks.Add(new CardBlock.Paragraph(Prose.Of($"Owners and admins decide about it. {$"/unused owner {subject.Bare} add @person{subject.Suffix}"} names another, {"not-mine @person"} in the place of {"add @person"} passes it on.")));
        return new Card(((Prose)"Owners of ").Then(subject.Prose), changedBy is null ? Tone.Neutral : Tone.Good, blocks.ToImmutable(), []);
    }

    public static Card Away(Person person, Party deputy, DateTimeOffset until) => new(
        Prose.Of($"{deputy.Name} decides in the place of {person.Name}"), Tone.Good,
        [new CardBlock.Paragraph(Prose.Of($"Until {$"{until:yyyy-MM-dd HH:mm}":w} UTC {deputy.Name} may decide whatever {person.Name} may, under their own name. {"/unused back"} ends it before."))], []);

    public static Card Back(Person person, Party deputy) => Card.Of(
        Prose.Of($"{person.Name} is back"), new CardBlock.Paragraph(Prose.Of($"{deputy.Name} decides in nobody's place but where they are named themselves.")));

    private static Prose Named(string by, Absence? absence) => absence is null ? by : Prose.Of($"{by:w}; away, {absence.Deputy.Name} decides until {absence.Until}");
}
