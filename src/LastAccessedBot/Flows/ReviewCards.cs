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
        Card.Of(asked.Name is { } name ? Prose.Of($"Looking into {Thing(asked, name)}") : ((Prose)"Looking into every attached policy").Then(Where(asked)), new CardBlock.Progress(stage, fraction));

    public static Card Ambiguous(Inquiry asked, ImmutableArray<ReviewSubject> subjects) => new(
        Prose.Of($"Which {asked.Name}?"), Tone.Neutral,
        [new CardBlock.Paragraph(Prose.Of($"There is more than one {asked.Name}. Choose:"))],
        [.. subjects.Select(subject => Run(asked, subject))]);

    public static Card Unknown(Inquiry asked, ImmutableArray<ReviewSubject> near) => new(
        Prose.Of($"No {asked.Kind ?? "user, group, role or policy":w}{Where(asked)} is called {asked.Name}"), Tone.Neutral,
        [new CardBlock.Paragraph(!near.IsEmpty ? "Did you mean:"
            : IsOfOrganization(asked) ? Prose.Of($"No name is near it either; {"/unused root"} lists the accounts of the organization.")
            : Prose.Of($"No name is near it either; {$"/unused policies{asked.In?.Suffix}"} lists the policies."))],
        [.. near.Select(subject => Run(asked, subject))]);

    /// <summary>Stands where a card was that was asked for again in the same conversation.</summary>
    public static Card Moved(ReviewSubject subject) => Card.Of(Prose.Of($"The card about {subject.Prose} moved down"), new CardBlock.Paragraph("Somebody asked again: it stands with its buttons where they asked."));

    /// <summary>AWS gave no report, or refused to be asked.</summary>
    public static Card Failed(Inquiry asked, Refusal why) => new(
        asked.Name is { } name ? Prose.Of($"No answer about {Thing(asked, name)}") : ((Prose)"No answer about the policies").Then(Where(asked)), Tone.Bad,
        [new CardBlock.Paragraph(Prose.Backticked(why.ToString()), Tone.Bad), new CardBlock.Paragraph("Nothing was concluded and nothing was changed.")],
        [new Choice(new ChoiceId.Run(Command(asked)).ToString(), "Retry")]);

    /// <summary>The command that asks the same again.</summary>
    public static string Command(Inquiry asked) => At(asked) + asked.In?.Suffix;

    private static string At(Inquiry asked) => asked.Name is null
        ? $"/unused policies {asked.Window.Days}d"
        : asked.Service is { } service ? service.Command($"{(asked.Kind is { } one ? one + " " : "")}{asked.Name}")
        : asked is { Kind: "root", Name: Inquiry.TheRoot } ? $"/unused root {asked.Window.Days}d"
        : $"/unused {asked.Question.Verb()}{(asked.Kind is { } kind ? kind + " " : "")}{asked.Name} {asked.Window.Days}d";

    public static Card Refused(Refusal why) => new(Prose.Backticked(why.Message), Tone.Caution, why.Help is { } help ? [new CardBlock.Paragraph(Prose.Backticked(Sentence(help)))] : [], []);

    // A subject's words are its kind and what it is called; people know it by its name.
    private static Choice Run(Inquiry asked, ReviewSubject subject) => new(new ChoiceId.Run(Command(asked with { Kind = null, Name = subject.Bare, In = subject.In })).ToString(), subject.Prose.ToString());

    private static bool IsOfOrganization(Inquiry asked) => asked.Kind is "ou" or "account" or "root";

    private static Prose Thing(Inquiry asked, string name) =>
        asked is { Kind: "root", Name: Inquiry.TheRoot } ? "the root of the organization"
        : IsOfOrganization(asked) ? Prose.Of($"{asked.Kind:w} {name}")
        : Prose.Of($"{name}{Where(asked)}");

    private static Prose Where(Inquiry asked) => asked.In is { Name: var account } ? Prose.Of($" in {account}") : Prose.Empty;

    private static string Sentence(string help) => char.ToUpperInvariant(help[0]) + help[1..] + (help.EndsWith('.') ? "" : ".");
}
