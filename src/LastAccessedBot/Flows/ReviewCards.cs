using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>The cards around a review: on the way to its answer, and when there is none.</summary>
public static class ReviewCards
{
    public static Card UnderWay(Inquiry asked, string stage, double? fraction = null) =>
        Card.Of(asked.Name is { } name ? Prose.Of($"Looking into {name}") : "Looking into every attached policy", new CardBlock.Progress(stage, fraction));

    public static Card Ambiguous(string name, ImmutableArray<ReviewSubject> subjects, string window) => new(
        Prose.Of($"Which {name}?"), Tone.Neutral,
        [new CardBlock.Paragraph(Prose.Of($"There is more than one {name}. Choose:"))],
        [.. subjects.Select(subject => Run(subject, window))]);

    public static Card Unknown(string name, string? kind, ImmutableArray<ReviewSubject> near, string window) => new(
        Prose.Of($"No {kind ?? "user, group, role or policy":w} is called {name}"), Tone.Neutral,
        [new CardBlock.Paragraph(near.IsEmpty ? Prose.Of($"No name is near it either; {"/unused policies"} lists the policies.") : "Did you mean:")],
        [.. near.Select(subject => Run(subject, window))]);

    /// <summary>Stands where a card was that was asked for again in the same conversation.</summary>
    public static Card Moved(ReviewSubject subject) => Card.Of(Prose.Of($"The card about {subject.Prose} moved down"), new CardBlock.Paragraph("Somebody asked again: it stands with its buttons where they asked."));

    /// <summary>AWS gave no report, or refused to be asked.</summary>
    public static Card Failed(Inquiry asked, Refusal why) => new(
        asked.Name is { } name ? Prose.Of($"No answer about {name}") : "No answer about the policies", Tone.Bad,
        [new CardBlock.Paragraph(Prose.Backticked(why.ToString()), Tone.Bad), new CardBlock.Paragraph("Nothing was concluded and nothing was changed.")],
        [new Choice(new ChoiceId.Run(Command(asked)).ToString(), "Retry")]);

    /// <summary>The command that asks the same again.</summary>
    public static string Command(Inquiry asked) => asked.Name is null
        ? $"/unused policies {asked.Window.Days}d"
        : $"/unused {(asked.Kind is { } kind ? kind + " " : "")}{asked.Name} {asked.Window.Days}d";

    public static Card Refused(Refusal why) => new(Prose.Backticked(why.Message), Tone.Caution, why.Help is { } help ? [new CardBlock.Paragraph(Prose.Backticked(Sentence(help)))] : [], []);

    private static Choice Run(ReviewSubject subject, string window) => new(new ChoiceId.Run($"/unused {subject.Words} {window}").ToString(), subject.Words);

    private static string Sentence(string help) => char.ToUpperInvariant(help[0]) + help[1..] + (help.EndsWith('.') ? "" : ".");
}
