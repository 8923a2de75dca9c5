using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;

namespace LastAccessedBot.Flows;

/// <summary>Answers <c>/unused report</c> with the address of a page. Names are looked up among what was reviewed, not in AWS: what was deleted since has its report too.</summary>
public sealed class LinkReport(IReviewHistory history, IReviews reviews, IReportLinks links, ChatSurfaces surfaces, TimeProvider time)
{
    // As long as a button's id may be, with what stands before it.
    private const int LongestCommand = 190;

    private static readonly string[] s_kinds = ["group", "user", "role", "policy"];

    /// <param name="name">As typed: a name, an id or an ARN; null for the overview.</param>
    public async Task AnswerAsync(string? kind, string? name, ReviewWindow? window, AccountRef? account, Person by, Conversation conversation, CancellationToken cancellation)
    {
        if (name is null)
        {
            var isEmpty = (await history.LatestAsync(time.GetUtcNow(), 1, cancellation)).IsEmpty;
            if (isEmpty) await surfaces.TellAsync(conversation, by, Card.Of("Nothing was reviewed yet", new CardBlock.Paragraph(Prose.Of($"Type {"/unused NAME"} with the name of a group, user, role or policy, and then {"/unused report"} again."))), cancellation);
            else await surfaces.PostAsync(conversation, Linked("The report on all that was reviewed", null, "Open the overview", links.Overview()), cancellation);
            return;
        }
        switch (await history.NamedAsync(Names(kind, name, account?.Suffix ?? ""), cancellation))
        {
            case []:
                await surfaces.TellAsync(conversation, by, NotYet($"{(kind is null ? "" : kind + " ")}{name}{account?.Suffix}", window), cancellation);
                break;
            case [var one]:
                if (await reviews.NewestAsync(one.Words, window, cancellation) is not { Answer: { } answer }) await surfaces.TellAsync(conversation, by, NotYet(one.Words, window), cancellation);
                else await surfaces.PostAsync(conversation, Linked(Prose.Of($"The report on {answer.Subject.Prose}"), (answer.At, answer.Window), "Open the report", links.About(one.Words, window)), cancellation);
                break;
            case var several:
                await surfaces.TellAsync(conversation, by, Which(name + account?.Suffix, several, window), cancellation);
                break;
        }
    }

    private static IReadOnlyCollection<string> Names(string? kind, string name, string suffix)
    {
        if (name.StartsWith("arn:", StringComparison.OrdinalIgnoreCase) && name[(name.LastIndexOf(':') + 1)..].Split('/') is [var of, .., var last]) return [$"{of} {last}{suffix}"];
        return kind is null ? [.. s_kinds.Select(one => $"{one} {name}{suffix}")] : [$"{kind} {name}{suffix}"];
    }

    private static Card Linked(Prose title, (DateTimeOffset At, ReviewWindow Window)? from, string label, ReportLink link) => Card.Of(title,
        [
            .. from is { } review ? [new CardBlock.Paragraph(Prose.Of($"From the review of {review.At}, {review.Window.Days} days back, with the trims and reviews since. For today's facts, review it again."))] : ImmutableArray<CardBlock>.Empty,
            new CardBlock.Link(label, link.Address),
            new CardBlock.Paragraph(Prose.Of($"Whoever has the link can open it, until {link.Until}.")),
        ]);

    private static Card NotYet(string name, ReviewWindow? window)
    {
        var command = $"/unused {name}{(window is { Days: var days } ? $" {days}d" : "")}";
        return new Card(
            window is null ? Prose.Of($"There is no review of {name} yet") : Prose.Of($"There is no review of {name} over {window.Days} days"), Tone.Neutral,
            [new CardBlock.Paragraph(Prose.Of($"A report is made of reviews: type {command}, and then {$"/unused report {name}"}."))],
            command.Length <= LongestCommand ? [new Choice(new ChoiceId.Run(command).ToString(), "Review it now")] : []);
    }

    private static Card Which(string name, ImmutableArray<ReviewedSubject> subjects, ReviewWindow? window) => new(
        Prose.Of($"Which {name}?"), Tone.Neutral,
        [new CardBlock.Paragraph(Prose.Of($"More than one {name} was reviewed. Choose:"))],
        [.. subjects.Take(12).Select(one => new Choice(new ChoiceId.Run($"/unused report {one.Words}{(window is { Days: var days } ? $" {days}d" : "")}").ToString(), one.Name))]);
}
