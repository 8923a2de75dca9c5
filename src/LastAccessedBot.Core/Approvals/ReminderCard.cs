using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Approvals;

/// <summary>What waits for a decision in a conversation, and for whose.</summary>
/// <param name="Waiting">The first to expire first.</param>
/// <param name="Absences">Those that are not over.</param>
public sealed record ReminderCard(ImmutableArray<Proposal> Waiting, Authority Authority, ImmutableArray<Absence> Absences, Func<string, string> NameOf, DateTimeOffset Now)
{
    private const int MostRows = 15, MostButtons = 5, MostNamed = 4;

    public Card Build()
    {
        var subjects = Waiting.Select(proposal => proposal.Subject).Distinct().ToArray();
        var blocks = ImmutableArray.CreateBuilder<CardBlock>();
        blocks.Add(new CardBlock.Table(["Suggestion", "Waits", "Expires"], [.. Waiting.Take(MostRows).Select(proposal => new TableRow(
            [proposal.Trim.Title, Prose.Of($"since {proposal.ProposedAt}"), Prose.Of($"{$"{proposal.ExpiresAt:yyyy-MM-dd HH:mm}":w} UTC")],
            proposal.ExpiresAt - Now < TimeSpan.FromDays(1) ? Tone.Caution : Tone.Neutral))], Main: 3));
        if (Waiting.Length > MostRows) blocks.Add(new CardBlock.Paragraph(Prose.Of($"And {Waiting.Length - MostRows} more.")));
        foreach (var theirs in subjects.Take(MostButtons).GroupBy(subject => Who(subject).ToString(), StringComparer.Ordinal))
            blocks.Add(new CardBlock.Paragraph(Prose.Join(", ", theirs.Select(subject => subject.Prose)).Then(": ").Then(Who(theirs.First())).Then(".")));
        blocks.Add(new CardBlock.Paragraph(Prose.Of($"What nobody decides about expires and changes nothing. Not yours? {"/unused owner NAME not-mine @person"} passes it on.")));
        return new Card(
            Waiting.Length == 1 ? "1 decision waits here" : Prose.Of($"{Waiting.Length} decisions wait here"), Tone.Caution, blocks.ToImmutable(),
            [.. subjects.Take(MostButtons).Select(subject => new Choice(new ChoiceId.Run($"/unused {subject.Words}").ToString(), Short($"{subject.Prose}".Split(' ', 2)[^1])))]);
    }

    private Prose Who(Trims.ReviewSubject subject)
    {
        var owners = Authority.OwnersOf(subject.Words);
        var (some, lead) = owners.IsEmpty ? (Authority.Admins, "nobody owns it; the admins decide: ") : (owners, "");
        var named = some.Order(StringComparer.Ordinal).Take(MostNamed).Select(key => Absences.FirstOrDefault(absence => absence.Person == key) is { } absence
            ? Prose.Person(absence.Deputy.Key, absence.Deputy.Name).Then(" for ").Then(Prose.Of($"{NameOf(key)}"))
            : Prose.Person(key, NameOf(key)));
        return ((Prose)lead).Then(Prose.Join(", ", named)).Then(some.Count > MostNamed ? Prose.Of($" and {some.Count - MostNamed} more") : Prose.Empty);
    }

    // Phones cut long buttons.
    private static string Short(string name) => name.Length <= 20 ? name : name[..19] + "…";
}
