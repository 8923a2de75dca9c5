using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Keeps;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Approvals;

/// <summary>One suggestion on a card, as it stands in its life.</summary>
internal sealed record ProposalSection(Proposal Proposal, Func<string, string> NameOf)
{
    private const int MostOpenLines = 60, MostActions = 40;

    private Trim Trim => Proposal.Trim;

    public CardBlock.Section Build()
    {
        var (tone, state) = State();
        var blocks = ImmutableArray.CreateBuilder<CardBlock>();
        if (state is not null) blocks.Add(state);
        if (Since() is { } since) blocks.Add(since);
        if (Proposal.Opinion is { } opinion) blocks.Add(new CardBlock.Paragraph(Prose.Backticked(opinion)));
        if (Proposal.State is ProposalState.Proposed or ProposalState.Approved or ProposalState.Applying) Case(blocks);
        else blocks.Add(new CardBlock.Details("What it was about", CaseBlocks()));
        return new CardBlock.Section(Proposal.Id, Trim.Title, tone, blocks.ToImmutable(), Choices());
    }

    /// <summary>In short, for a list of many: how it stands and what to know of it, with the case behind a click.</summary>
    /// <param name="isOffered">Which of its buttons there are.</param>
    public CardBlock.Section Brief(ImmutableArray<CardBlock> notes, ImmutableArray<Fact> facts, Func<Choice, bool> isOffered)
    {
        var (tone, state) = State();
        ImmutableArray<Fact> risk = Proposal.State == ProposalState.Proposed || Proposal.IsUnderWay ? [RiskFact()] : [];
        return new CardBlock.Section(
            Proposal.Id, Trim.Title, tone,
            [.. state is null ? ImmutableArray<CardBlock>.Empty : [state], .. notes, new CardBlock.Facts([.. risk, .. facts]), new CardBlock.Details("What it is about", CaseBlocks())],
            [.. Choices().Where(isOffered)]);
    }

    public static ImmutableArray<DiffLine> DiffOf(DocumentChange change) => change switch
    {
        { Before: { } before, After: { } after } => DocumentDiff.Of(Pretty(before), Pretty(after)),
        { Before: { } before } => Lines(before, DiffMark.Goes),
        { After: { } after } => Lines(after, DiffMark.Comes),
        _ => [],
    };

    private static ImmutableArray<DiffLine> Lines(string document, DiffMark mark) => [.. Pretty(document).Split('\n').Select(line => new DiffLine(mark, line))];

    // Hundreds of lines that all come bury what is to be decided.
    private static CardBlock Changed(DocumentChange change)
    {
        var diff = new CardBlock.Diff(Prose.Of($"{change.Name}"), DiffOf(change));
        return diff.Lines.Count(line => line.Mark != DiffMark.Stays) <= MostOpenLines ? diff : new CardBlock.Details(Prose.Of($"The text of {change.Name}"), [diff]);
    }

    private ImmutableArray<CardBlock> CaseBlocks()
    {
        var blocks = ImmutableArray.CreateBuilder<CardBlock>();
        Case(blocks);
        return blocks.ToImmutable();
    }

    private void Case(ImmutableArray<CardBlock>.Builder blocks)
    {
        blocks.Add(new CardBlock.Facts(
        [
            new Fact("Why", Prose.Join(" ", Trim.Evidence)),
            new Fact("Who", Trim.TakesAway),
            RiskFact(),
            .. Trim.Risk.NeedsFourEyes ? [new Fact("Approval", "four eyes: a second person approves")] : ImmutableArray<Fact>.Empty,
        ]));
        if (Trim.Loss is { } loss) blocks.Add(new CardBlock.Paragraph(Prose.Of($"Nothing brings back: {loss}."), Tone.Bad));
        foreach (var note in Trim.Notes) blocks.Add(new CardBlock.Paragraph(note, Tone.Caution));
        if (Trim.Removed.Length > 0)
            blocks.Add(new CardBlock.Details(Trim.Removed.Length == 1 ? "1 service goes" : $"{Trim.Removed.Length} services go", [new CardBlock.Paragraph(string.Join(", ", Trim.Removed))]));
        if (Trim.RemovedActions.Length > 0) blocks.Add(ActionsThatGo());
        if (Trim.Change is { After: not null } change) blocks.Add(Changed(change));
        else if (Trim.Change is { } whole) blocks.Add(new CardBlock.Details(Prose.Of($"The text of {whole.Name}"), [new CardBlock.Diff(Prose.Of($"{whole.Name}"), DiffOf(whole))]));
        blocks.Add(new CardBlock.Details(Trim.Edits.Length == 1 ? "The one step" : $"The {Trim.Edits.Length} steps",
        [
            .. Trim.Edits.Select((edit, index) => new CardBlock.Paragraph(((Prose)$"{index + 1}. ").Then(edit.Sentence).Then("."))),
            new CardBlock.Paragraph(Prose.Of($"Once applied, {$"/unused undo {Proposal.Id}"} takes it back{(Trim.Loss is null ? "" : ", but for what nothing brings back"):w}.")),
        ]));
    }

    private CardBlock.Details ActionsThatGo()
    {
        var count = Trim.RemovedActions.Sum(one => one.Actions.Length);
        return new CardBlock.Details(count == 1 ? "1 action of a service in use goes" : $"{count:N0} actions of services in use go",
        [
            new CardBlock.Table(["Service", "Actions"], [.. Trim.RemovedActions.Select(one => new TableRow(
                [one.Name, string.Join(", ", one.Actions.Take(MostActions)) + (one.Actions.Length > MostActions ? $" and {one.Actions.Length - MostActions:N0} more" : "")]))]),
        ]);
    }

    private Fact RiskFact() => new("Risk", Prose.Strong($"{Trim.Risk.Grade}.").Then(" ").Then(Prose.Join(" ", Trim.Risk.Reasons)));

    private (Tone, CardBlock?) State() => Proposal.State switch
    {
        ProposalState.Proposed => (Tone.Caution, null),
        ProposalState.Approved => (Tone.Neutral, new CardBlock.Progress(Prose.Of($"Approved by {By(Proposal.DecidedBy)}. Checking that nothing changed …"), null)),
        ProposalState.Applying => (Tone.Neutral, new CardBlock.Progress(Prose.Of($"Approved by {By(Proposal.DecidedBy)}. Applying …"), null)),
        ProposalState.Applied => (Tone.Good, Said(Prose.Of($"Applied on {When(Proposal.EndedAt):w}, approved by {By(Proposal.DecidedBy)}."), Tone.Good)),
        ProposalState.Dismissed => (Tone.Neutral, Said(Prose.Of($"Dismissed by {By(Proposal.DecidedBy)}."), Tone.Neutral)),
        ProposalState.Kept when Proposal.Keeping is { } keeping => (Tone.Neutral, Said(keeping.Sentence, Tone.Neutral)),
        ProposalState.Expired when Proposal.Keeping is { } kept =>
            (Tone.Neutral, Said(kept.Sentence.Then(Prose.Of($". That time is over: type {Proposal.Command} for today's facts.")), Tone.Neutral)),
        ProposalState.Expired => (Tone.Neutral, Said(Prose.Of($"Expired on {When(Proposal.ExpiresAt):w}: nobody decided."), Tone.Neutral)),
        ProposalState.Drifted => (Tone.Bad, Said(Prose.Of($"Approved by {By(Proposal.DecidedBy)}, but nothing was changed. "), Tone.Bad)),
        ProposalState.Failed => (Tone.Bad, Said(Prose.Of($"Approved by {By(Proposal.DecidedBy)}, and failed. "), Tone.Bad)),
        ProposalState.Undoing => (Tone.Neutral, new CardBlock.Progress(Prose.Of($"Undoing for {By(Proposal.UndoneBy)} …"), null)),
        ProposalState.Undone => (Tone.Neutral, Said(Prose.Of($"Undone by {By(Proposal.UndoneBy)} on {When(Proposal.EndedAt):w}; it was approved by {By(Proposal.DecidedBy)}."), Tone.Neutral)),
        _ => (Tone.Neutral, null),
    };

    private CardBlock.Paragraph Said(Prose sentence, Tone tone) =>
        new(Proposal.Outcome is { } outcome ? sentence.Then(sentence.ToString().EndsWith(' ') ? "" : " ").Then(Prose.Backticked(outcome)) : sentence, tone);

    private ImmutableArray<Choice> Choices() => Proposal.State switch
    {
        ProposalState.Proposed =>
        [
            TypedName.Form(Trim) is { } form
                ? new Choice(Id(Press.Approve), "Approve", ChoiceStyle.Danger, Form: form)
                : new Choice(Id(Press.Approve), "Approve", Trim.IsDeletion ? ChoiceStyle.Danger : ChoiceStyle.Primary, Trim.IsDeletion ? $"{Trim.Title}?" : null),
            new Choice(Id(Press.Keep), "Keep", Form: Keeping.Form(Trim.Title, StandingKeep.Scopes(Proposal))),
            new Choice(Id(Press.Dismiss), "Dismiss"),
        ],
        ProposalState.Kept => [new Choice(Id(Press.Reopen), "Suggest again")],
        ProposalState.Applied => [Restore],
        _ => [],
    };

    /// <summary>Takes it back: under the name that says why where somebody misses what went.</summary>
    public Choice Restore => Proposal.Aftermath is { IsMissed: true } ? new Choice(Id(Press.Undo), "Restore", ChoiceStyle.Primary) : new Choice(Id(Press.Undo), "Undo");

    /// <summary>How it stands, as a sentence; null for one that is open.</summary>
    public CardBlock? Standing => State().Item2;

    private CardBlock.Paragraph? Since() => Proposal is { State: ProposalState.Applied, Aftermath: { } aftermath } ? new(aftermath.Sentence, aftermath.IsMissed ? Tone.Caution : Tone.Neutral) : null;

    private string Id(Press press) => new ChoiceId.OnProposal(press, Proposal.Id).ToString();

    private string By(string? person) => person is null ? "nobody" : NameOf(person);

    private static string When(DateTimeOffset? moment) => moment is { } at ? $"{at:yyyy-MM-dd HH:mm} UTC" : "";

    private static string Pretty(string document) => PolicyDocument.Read(document) is Parsed<PolicyDocument>.Ok { Value: var policy } ? policy.Pretty() : document;
}
