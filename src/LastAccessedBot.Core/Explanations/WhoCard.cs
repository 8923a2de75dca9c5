using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Explanations;

/// <summary>The card that lists who used a service, a page at a time. It has nothing to decide.</summary>
/// <param name="ReviewId">For the buttons that turn the page.</param>
public sealed record WhoCard(WhoAnswer Answer, string ReviewId)
{
    private const int PageSize = 10;

    private int Pages => Math.Max(1, (Answer.People.Length + PageSize - 1) / PageSize);

    private Prose Named => Answer.ServiceName == Answer.Service.Value ? Prose.Of($"{Answer.Service.Value}") : Prose.Of($"{Answer.ServiceName:w} {Answer.Service.Value}");

    /// <param name="number">From 1; beyond the ends, the nearest page.</param>
    public Card Page(int number)
    {
        number = Math.Clamp(number, 1, Pages);
        var used = Answer.People.Count(line => line.LastAttempt is not null);
        ImmutableArray<CardBlock> blocks = Answer switch
        {
            { People.IsEmpty: true } => [new CardBlock.Paragraph(Nobody())],
            { IsListed: false } => [new CardBlock.Paragraph(NotListed())],
            _ => [new CardBlock.Paragraph(Summary(used, number)), Table(number)],
        };
        return new Card(Title(used), Tone.Neutral, blocks, Choices(number));
    }

    private Prose Title(int used) => !Answer.IsListed || Answer.People.IsEmpty ? Prose.Of($"Nothing is known of the use of {Named} by {Answer.Subject.Prose}")
        : Answer.People.Length == 1 ? Prose.Of($"When {Answer.Subject.Prose} used {Named}")
        : Prose.Of($"Who behind {Answer.Subject.Prose} used {Named}: {used} of {Answer.People.Length}");

    private Prose Summary(int used, int number) =>
        (used == 0 ? (Prose)"Nobody in all the time that AWS remembers (400 days, where it tracked that long)." : "Each one's own last attempt, denied ones too; AWS may be hours late.")
        .Then(Pages > 1 ? Prose.Of($" Page {number} of {Pages}.") : Prose.Empty);

    private Prose NotListed() => Prose.Of($"AWS's last-accessed report about {Answer.Subject.Prose} does not list {Answer.Service.Value}: either nothing there grants it, or AWS does not track it. Whether somebody used it is unknown.")
        .Then(Answer.Near.IsEmpty ? Prose.Empty : " Did you mean another service?");

    private Prose Nobody() => Answer.Subject is ReviewSubject.OfPolicy ? "The policy is attached to nobody." : "The group has no members.";

    private CardBlock.Table Table(int number)
    {
        var lines = Answer.People.Skip((number - 1) * PageSize).Take(PageSize);
        var withWays = Answer.Subject is ReviewSubject.OfPolicy;
        return new CardBlock.Table(withWays ? ["Who", "Last used", "Has it"] : ["Who", "Last used"],
        [
            .. lines.Select(line =>
            {
                ImmutableArray<Prose> cells = [Prose.Of($"{line.Identity.KindWord:w} {line.Identity.Name}"), line.LastAttempt is { } on ? UseWords.On(on, Answer.At) : UseWords.NotSeen];
                return new TableRow(withWays ? cells.Add(line.Way) : cells, line.LastAttempt is null ? Tone.Caution : Tone.Good);
            }),
        ]);
    }

    private ImmutableArray<Choice> Choices(int number) =>
    [
        .. number > 1 ? [new Choice(new ChoiceId.Page(ReviewId, number - 1).ToString(), "Previous page")] : ImmutableArray<Choice>.Empty,
        .. number < Pages ? [new Choice(new ChoiceId.Page(ReviewId, number + 1).ToString(), "Next page")] : ImmutableArray<Choice>.Empty,
        .. Answer.Near.Select(service => Run(new ServiceAsked(ServiceQuestion.Who, service).Command(Answer.Subject))),
        Run($"/unused {Answer.Subject.Words}"),
    ];

    private static Choice Run(string command) => new(new ChoiceId.Run(command).ToString(), command["/unused ".Length..]);
}
