using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Approvals;

/// <summary>What one person sees on their own page: what waits for them, what waits for others, what was decided. Buttons are those that the rules would grant them now.</summary>
/// <param name="Person">As <c>surface:id</c>.</param>
/// <param name="IsCutOff">More is open than <see cref="Home"/> holds.</param>
/// <param name="PlaceOf">Where a proposal's card stands; null where nobody knows.</param>
/// <param name="NameOf">A person's display name.</param>
public sealed record HomeCard(
    string Person, Authority Authority, Home Home, bool IsCutOff, Func<Proposal, Prose?> PlaceOf, Func<string, string> NameOf, DateTimeOffset Now)
{
    private bool DecidesNothing => Authority.SubjectsOf(Person) is { IsEmpty: true };

    /// <summary>One proposal with its whole case, as a click shows it.</summary>
    public static Card Case(Proposal proposal, Func<string, string> nameOf) => Card.Of(proposal.Trim.Title, new ProposalSection(proposal, nameOf).Build());

    /// <param name="number">From 1; beyond the ends, the nearest page.</param>
    public Card Page(int number)
    {
        number = Math.Clamp(number, 1, Home.Pages);
        var shown = Home.Page(number);
        var blocks = ImmutableArray.CreateBuilder<CardBlock>();
        if (DecidesNothing) blocks.Add(new CardBlock.Paragraph("You decide about nobody's permissions; here is what you asked for. Who decides is named in the settings."));
        if (IsCutOff) blocks.Add(new CardBlock.Paragraph("More is open than fits here: these are the oldest ones.", Tone.Caution));
        if (!DecidesNothing) Add(blocks, "Waiting for you", Home.Waiting, shown.Waiting, number, Prose.Of($"Nothing. {Invitation}"), Open);
        if (Home.Elsewhere.Length > 0 || DecidesNothing)
            Add(blocks, DecidesNothing ? "What you asked for" : "Open for your teams", Home.Elsewhere, shown.Elsewhere, number, Prose.Of($"Nothing is open. {Invitation}"), OpenElsewhere);
        Add(blocks, "Recent decisions", Home.Decided, shown.Decided, number, Prose.Of($"None yet; {"/unused history"} is the whole record."), Decided);
        if (Home.Pages > 1) blocks.Add(Pages(number));
        return new Card(Title(), Home.Waiting.IsEmpty ? Tone.Neutral : Tone.Caution, blocks.ToImmutable(), []);
    }

    private static Prose Invitation => Prose.Of($"Type {"/unused NAME"} in a channel to review a group, user, role or policy, and {"/unused policies"} to rank all policies.");

    private Prose Title() => Home.Waiting.Length switch
    {
        0 => "Nothing waits for you",
        1 => "One decision waits for you",
        var count => Prose.Of($"{count} decisions wait for you"),
    };

    private static void Add(
        ImmutableArray<CardBlock>.Builder blocks, string title, ImmutableArray<Proposal> all, ImmutableArray<Proposal> shown, int page, Prose ifNone, Func<Proposal, CardBlock.Section> section)
    {
        var first = (page - 1) * Home.OnPage;
        if (all.IsEmpty) blocks.Add(Heading(title, new CardBlock.Paragraph(ifNone)));
        if (shown.IsEmpty) return;
        blocks.Add(Heading(all.Length == shown.Length ? title : $"{title}, {first + 1} to {first + shown.Length} of {all.Length}"));
        foreach (var proposal in shown) blocks.Add(section(proposal));
    }

    private static CardBlock.Section Heading(string title, params ImmutableArray<CardBlock> blocks) => new(null, title, Tone.Neutral, blocks, []);

    private CardBlock.Section Open(Proposal proposal) => Brief(proposal, [], Expiry(proposal));

    // Why it does not wait for this person, in the words in which the button would refuse them.
    private CardBlock.Section OpenElsewhere(Proposal proposal) => proposal.State != ProposalState.Proposed
        ? Brief(proposal, [])
        : Brief(proposal, Rule(proposal, Press.Approve) is Ruling.Denied { Why: var why } ? [new CardBlock.Paragraph(Prose.Backticked($"{why}."))] : [], Expiry(proposal));

    private CardBlock.Section Decided(Proposal proposal) => Brief(proposal, [], new Fact("Decided", $"{proposal.DecidedAt:yyyy-MM-dd HH:mm} UTC"));

    private CardBlock.Section Brief(Proposal proposal, ImmutableArray<CardBlock> notes, params ImmutableArray<Fact> facts)
    {
        ImmutableArray<Fact> all =
        [
            new Fact("About", proposal.Subject.Prose), .. facts, new Fact("Asked by", Prose.Of($"{NameOf(proposal.RequestedBy)}")),
            .. PlaceOf(proposal) is { } place ? [new Fact("Card", place)] : ImmutableArray<Fact>.Empty,
        ];
        return new ProposalSection(proposal, NameOf).Brief(notes, all, choice => ChoiceId.Read(choice.Id) is not ChoiceId.OnProposal on || Rule(proposal, on.Press) is Ruling.Granted);
    }

    private static Fact Expiry(Proposal proposal) => new("Expires", $"{proposal.ExpiresAt:yyyy-MM-dd HH:mm} UTC");

    private Ruling Rule(Proposal proposal, Press press) => ApprovalRules.Rule(proposal, press, Person, Authority, Now, NameOf);

    private CardBlock.Section Pages(int number) => new(null, $"Page {number} of {Home.Pages}", Tone.Neutral, [],
    [
        .. number > 1 ? [Turn("Previous", number - 1)] : ImmutableArray<Choice>.Empty,
        .. number < Home.Pages ? [Turn("Next", number + 1)] : ImmutableArray<Choice>.Empty,
    ]);

    private static Choice Turn(string label, int page) => new(new ChoiceId.Home(page).ToString(), label);
}
