using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Explanations;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Approvals;

/// <summary>The card of a review: what is used, what is not, and each suggestion with where it is in its life.</summary>
/// <param name="UsedBy">For services that several identities used: who, newest first.</param>
/// <param name="Actions">The actions that AWS tracked, newest first; of management actions only, and not of every service.</param>
/// <param name="PersonName">A person's display name.</param>
public sealed record ReviewCard(
    AccessReview Review,
    ImmutableArray<Proposal> Proposals,
    ImmutableSortedDictionary<ServiceNamespace, ImmutableArray<EntityUse>> UsedBy,
    ImmutableArray<ActionSeen> Actions,
    Func<string, string> PersonName)
{
    private const int MostRows = 12, MostUsers = 12, MostWays = 3, MostReasons = 3;

    public Card Build()
    {
        var used = Review.Services.Where(line => line.Verdict is Verdict.Used).OrderByDescending(line => ((Verdict.Used)line.Verdict).On).ToArray();
        var unknown = Review.Services.Where(line => line.Verdict is Verdict.Unknown).ToArray();
        var unused = Review.Services.Where(line => line.Verdict is Verdict.Unused).OrderByDescending(line => ((Verdict.Unused)line.Verdict).LastSeen).ThenBy(line => line.Name, StringComparer.OrdinalIgnoreCase).ToArray();
        var blocks = ImmutableArray.CreateBuilder<CardBlock>();
        if (Review.Title is null || !Review.Services.IsEmpty) blocks.Add(new CardBlock.Paragraph(Summary(used.Length, unused.Length, unknown.Length)));
        if (WhyUnknown(unused.Length, unknown) is { } why) blocks.Add(why);
        if (Review.Organization is { } organization) blocks.AddRange(OrganizationBlocks.Of(organization));
        if (Review.BeforeDeleting is { } survey) blocks.AddRange(SurveyBlocks.Of(survey, Ago));
        // A short table is read as fast as a chart.
        if (Review.Services.Length > MostRows) blocks.Add(UseChart.Of(Review));
        // What is at stake stands in the open as long as it is short; hundreds of unused services stand behind a click.
        var open = used.Concat(unknown).Concat(unused.Length <= MostRows ? unused : []).ToArray();
        if (open.Length > 0) blocks.Add(Table(open.Take(2 * MostRows)));
        if (open.Length > 2 * MostRows) blocks.Add(new CardBlock.Details($"{open.Length - (2 * MostRows)} more services", [Table(open.Skip(2 * MostRows))]));
        if (Who() is { } who) blocks.Add(who);
        if (Actions.Length > 0) blocks.Add(ActionsSeen());
        if (Review.Trail is { } trail) blocks.AddRange(TrailBlocks.Of(trail, Review.At));
        if (unused.Length > MostRows) blocks.Add(new CardBlock.Details($"The {unused.Length} services without use", [Table(unused)]));
        foreach (var proposal in Proposals.Where(proposal => proposal.State != ProposalState.Superseded)) blocks.Add(new ProposalSection(proposal, PersonName).Build());
        foreach (var withheld in Review.Withheld) blocks.Add(Withheld(withheld));
        foreach (var remark in Review.Remarks) blocks.Add(Remarked(remark));
        if (Review.Organization is { Accounts.Length: > 0 } accounts) blocks.Add(OrganizationBlocks.Accounts(accounts, Review.Window));
        if (Proposals.All(proposal => proposal.State == ProposalState.Superseded) && Review.Withheld.IsEmpty)
            blocks.Add(new CardBlock.Paragraph(unused.Length + unknown.Length == 0 ? "Nothing to trim." : "Nothing is suggested."));
        return new Card(Title(unused.Length, unknown.Length), Proposals.Any(proposal => proposal.State == ProposalState.Proposed) ? Tone.Caution : Tone.Neutral, blocks.ToImmutable(), [.. new ReviewChoices(Review, Proposals).All(), .. WaysToLists()]);
    }

    private Prose Title(int unused, int unknown) => Review.Title is { } title ? title
        : Review.BeforeDeleting is { } survey
        ? Prose.Of($"Before deleting {Review.Subject.Prose}: {SurveyBlocks.Verdict(survey, Review.Services):w} in {Review.Window.Days} days")
        : unused == 0 && unknown > 0
        ? Prose.Of($"{Capital(Review.Subject.Prose)}: nothing known to be unused in {Review.Window.Days} days, {unknown} of {Review.Services.Length} services unknown")
        : unused == 0
        ? Prose.Of($"{Capital(Review.Subject.Prose)}: nothing unused in {Review.Window.Days} days")
        : Prose.Of($"{Capital(Review.Subject.Prose)}: {unused} of {Review.Services.Length} services unused in {Review.Window.Days} days");

    private static Prose Capital(Prose prose) => new(prose.Spans.SetItem(0, prose.Spans[0] with { Text = char.ToUpperInvariant(prose.Spans[0].Text[0]) + prose.Spans[0].Text[1..] }));

    private Prose Summary(int used, int unused, int unknown) => Review.Services.IsEmpty
        ? Review.Organization is null ? "Its policies allow nothing." : "AWS has nobody's use to report."
        : Prose.Of($"{used} used, {unused} unused, {unknown} unknown, as of {Review.At}. AWS counts attempts, denied ones too, and may be hours late.");

    // Where the unknown is all that there is to tell, its reasons come first: the table may show the first of hundreds.
    private CardBlock.Paragraph? WhyUnknown(int unused, ServiceLine[] unknown)
    {
        if (unused > 0 || unknown.Length == 0 || Review.Title is not null) return null;
        var reasons = unknown.GroupBy(line => ((Verdict.Unknown)line.Verdict).Why).OrderByDescending(lines => lines.Count()).ThenBy(lines => lines.Key, StringComparer.Ordinal).ToArray();
        var told = Prose.Join("; ", reasons.Take(MostReasons).Select(lines => reasons.Length == 1 ? Prose.Backticked(lines.Key) : Prose.Backticked(lines.Key).Then(Prose.Of($" ({lines.Count()})"))));
        return new CardBlock.Paragraph(((Prose)"Unknown: ").Then(told).Then(reasons.Length > MostReasons ? "; and for other reasons." : "."), Tone.Caution);
    }

    private CardBlock.Table Table(IEnumerable<ServiceLine> lines)
    {
        var withPaths = Review.Services.Any(line => !line.Paths.IsEmpty);
        return new CardBlock.Table(
            withPaths ? ["Service", "Status", "Last used", "By", Review.Organization is null ? "Granted by" : "Let through by"] : ["Service", "Status", "Last used", "By"],
            [.. lines.Select(line => Row(line, withPaths))], Main: 3);
    }

    private TableRow Row(ServiceLine line, bool withPaths)
    {
        var name = line.Name == line.Service.Value ? Prose.Of($"{line.Service.Value}") : Prose.Of($"{(Prose)line.Name} {line.Service.Value}");
        var (status, last, by, tone) = line.Verdict switch
        {
            Verdict.Used { On: var on, By: var who } => ((Prose)"used", On(on), By(who, line.Entities), Tone.Good),
            Verdict.Unused { LastSeen: { } seen } => ("unused", On(seen), "", Tone.Caution),
            Verdict.Unused => ("unused", UseWords.NotSeen, "", Tone.Caution),
            Verdict.Unknown { Why: var why } => ("unknown", Prose.Backticked(why), "", Tone.Neutral),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new TableRow(withPaths ? [name, status, last, by, Prose.Join(", ", line.Paths)] : [name, status, last, by], tone);
    }

    private Prose Ago(DateTimeOffset moment) => UseWords.Ago(moment, Review.At);

    private Prose On(DateTimeOffset moment) => UseWords.On(moment, Review.At);

    private static Prose By(string? arn, int entities) => arn is null ? Prose.Empty
        : entities > 1 ? Prose.Of($"{UseWords.Who(arn)} and {entities - 1} more")
        : UseWords.Who(arn);

    private CardBlock.Details? Who()
    {
        TableRow[] rows = [.. UsedBy.Where(pair => pair.Value.Length > 1).SelectMany(pair => pair.Value.Take(MostUsers).Select(use => new TableRow(
            [NameOf(pair.Key), Prose.Of($"{use.Identity.KindWord:w} {use.Identity.Name}"), use.LastAttempt is { } on ? On(on) : UseWords.NotSeen])))];
        if (rows.Length == 0) return null;
        var table = new CardBlock.Table(["Service", "Who", "Last used"], [.. rows]);
        return new CardBlock.Details("Who used what", NotAllShown().Any() ? [table, new CardBlock.Paragraph(Prose.Of($"Not everybody is here: {$"/unused who {Review.Subject.Bare} SERVICE{Review.Subject.Suffix}"} lists all, a service at a time."))] : [table]);
    }

    /// <summary>Services that several used, with a list that is not here, or not whole; the latest used first.</summary>
    private IEnumerable<ServiceNamespace> NotAllShown() => Review.Services
        .Where(line => line is { Verdict: Verdict.Used, Entities: > 1 } && (!UsedBy.TryGetValue(line.Service, out var uses) || uses.Length > MostUsers))
        .OrderByDescending(line => ((Verdict.Used)line.Verdict).On).Select(line => line.Service);

    // Which accounts used a service AWS does not tell.
    private ImmutableArray<Choice> WaysToLists() => Review.Subject is ReviewSubject.OfEntity ? [] :
        [.. NotAllShown().Take(MostWays).Select(service => new Choice(new ChoiceId.Run(new ServiceAsked(ServiceQuestion.Who, service).Command(Review.Subject)).ToString(), $"Who used {service}"))];

    private CardBlock.Details ActionsSeen() => new("Actions seen",
    [
        new CardBlock.Table(["Action", "Last used"], [.. Actions.Select(seen => new TableRow([Prose.Of($"{$"{seen.Service}:{seen.Action}"}"), On(seen.On)]))]),
        new CardBlock.Paragraph("AWS tracks management actions of some services only. An action that is not here may have been used."),
    ]);

    private Prose NameOf(ServiceNamespace service) => Review.Services.FirstOrDefault(line => line.Service == service)?.Name ?? service.Value;

    private static CardBlock.Section Withheld(WithheldTrim withheld)
    {
        ImmutableArray<CardBlock> blocks = [new CardBlock.Paragraph(withheld.Why, Tone.Caution)];
        if (withheld.Template is { } template)
            blocks = blocks.Add(new CardBlock.Details(template.After is null ? "What would go" : "The document for the template",
                [new CardBlock.Diff(Prose.Of($"{template.Name}"), ProposalSection.DiffOf(template))]));
        return new CardBlock.Section(null, ((Prose)"Withheld: ").Then(withheld.Title), Tone.Neutral, blocks, []);
    }

    private CardBlock Remarked(Remark remark) => remark.Command is { } command
        ? new CardBlock.Section(null, "Worth knowing", Tone.Neutral, [new CardBlock.Paragraph(remark.Text)], [new Choice(new ChoiceId.Run(command + Review.Subject.Suffix).ToString(), command + Review.Subject.Suffix)])
        : new CardBlock.Paragraph(remark.Text);
}

/// <summary>An action that was tracked.</summary>
public sealed record ActionSeen(ServiceNamespace Service, string Action, DateTimeOffset On);
