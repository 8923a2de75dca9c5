using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Explanations;

/// <summary>The card that says why an identity has a service. It has nothing to decide.</summary>
public sealed record WhyCard(WhyAnswer Answer)
{
    private const int MostRows = 12, MostActions = 6, MostCommands = 6;

    public Card Build()
    {
        var granted = Lines(Answer.Granting, isAllow: true);
        var denied = Lines(Answer.Denying, isAllow: false);
        var blocks = ImmutableArray.CreateBuilder<CardBlock>();
        blocks.Add(new CardBlock.Paragraph(Use()));
        Add(blocks, granted, "Granted by", "statements that grant it");
        if (granted.Length == 0) blocks.Add(new CardBlock.Paragraph(Prose.Of($"No policy of {Answer.Of.KindWord:w} {Answer.Of.Name} grants any action of {Answer.Service.Value}{(Answer.Of.Kind == Account.IdentityKind.User ? ", neither its own nor its groups'" : ""):w}.")));
        Add(blocks, denied, "Denied by", "statements that deny it");
        if (Answer.IsDenied) blocks.Add(new CardBlock.Paragraph("One of them denies every action on every resource: nothing of the service is left.", Tone.Caution));
        if (Answer.Boundary is { } boundary) blocks.Add(new CardBlock.Paragraph(Bounded(boundary), boundary.Closes ? Tone.Caution : Tone.Neutral));
        if (Answer.Scps is { } scps) AddScps(blocks, scps);
        foreach (var unread in Answer.Unread) blocks.Add(new CardBlock.Paragraph(unread, Tone.Caution));
        foreach (var second in Answer.Second) blocks.Add(new CardBlock.Paragraph(second, Tone.Caution));
        if (Answer.Agrees) blocks.Add(new CardBlock.Paragraph("AWS's own list of the policies that grant it says the same."));
        AddTexts(blocks, [.. granted, .. denied, .. Lines(Answer.Scps?.Denying ?? [], isAllow: false)]);
        blocks.Add(new CardBlock.Paragraph(Answer.Scps is { Problem: null }
            ? "What resources' own policies and sessions add or take away is not looked at here."
            : "What resources' own policies, sessions and the organization's service control policies add or take away is not looked at here."));
        if (!Answer.Near.IsEmpty) blocks.Add(new CardBlock.Paragraph(Prose.Of($"AWS's report does not know {Answer.Service.Value}. Did you mean another service?")));
        return new Card(Title(granted.Length), Tone.Neutral, blocks.ToImmutable(), Choices());
    }

    private Prose Named => Answer.ServiceName == Answer.Service.Value ? Prose.Of($"{Answer.Service.Value}") : Prose.Of($"{Answer.ServiceName:w} {Answer.Service.Value}");

    private Prose Title(int statements)
    {
        var (who, policies) = (Prose.Of($"{Answer.Of.KindWord:w} {Answer.Of.Name}").Then(Answer.In is { Name: var account } ? Prose.Of($" in {account}") : Prose.Empty), Answer.Granting.Count());
        return statements == 0 ? Prose.Of($"No policy lets {who} use {Named}")
            : Answer.IsDenied ? Prose.Of($"{Named} is granted to {who}, and denied again")
            : Answer.Boundary is { Closes: true } ? Prose.Of($"{Named} is granted to {who}, and stopped by its permissions boundary")
            : Answer.Scps is { Closes: true } ? Prose.Of($"{Named} is granted to {who}, and stopped by the organization")
            : Prose.Of($"Why {who} may use {Named}: {policies} {(policies == 1 ? "policy grants" : "policies grant"):w} it");
    }

    private Prose Use() => Answer switch
    {
        { HasUsers: false } => "The group has no members: there is nobody whose use AWS could report.",
        { Use: { LastAttempt: { } on } use } => Prose.Of($"Last used on {UseWords.On(on, Answer.At)}{By(use)}. AWS counts attempts, denied ones too, and may be hours late."),
        { Use: not null } => "No use in all the time that AWS remembers (400 days, where it tracked that long).",
        _ => Prose.Of($"AWS's last-accessed report does not list {Answer.Service.Value}: whether it was used is unknown."),
    };

    private Prose By(ServiceUse use) => Answer.Of.Kind != Account.IdentityKind.Group || use.By is not { } arn ? Prose.Empty
        : use.Entities > 1 ? Prose.Of($" by {UseWords.Who(arn)}, and by {use.Entities - 1} more")
        : Prose.Of($" by {UseWords.Who(arn)}");

    private static (Prose Path, ServiceStatement Statement)[] Lines(IEnumerable<PolicyOnService> policies, bool isAllow) =>
        [.. policies.SelectMany(policy => policy.Statements.Where(statement => statement.IsAllow == isAllow).Select(statement => (policy.Path, statement)))];

    private static void Add(ImmutableArray<CardBlock>.Builder blocks, (Prose Path, ServiceStatement Statement)[] lines, string heading, string what)
    {
        if (lines.Length == 0) return;
        blocks.Add(Table(heading, lines.Take(MostRows)));
        if (lines.Length > MostRows) blocks.Add(new CardBlock.Details($"{lines.Length - MostRows} more {what}", [Table(heading, lines.Skip(MostRows))]));
    }

    private static CardBlock.Table Table(string heading, IEnumerable<(Prose Path, ServiceStatement Statement)> lines) => new(
        [heading, "What", "Holds", "Statement"],
        [.. lines.Select(line => new TableRow([line.Path, What(line.Statement), Limits(line.Statement), Name(line.Statement)]))], Main: 3);

    private static Prose What(ServiceStatement statement)
    {
        var listed = Prose.Join(", ", statement.Actions.Take(MostActions).Select(action => Prose.Of($"{action}")));
        if (statement.Actions.Length > MostActions) listed = listed.Then(Prose.Of($" and {statement.Actions.Length - MostActions} more"));
        return !statement.IsNot ? listed
            : statement.Actions.IsEmpty ? "all of it: every action but those of other services"
            : Prose.Of($"all of it but {listed}");
    }

    private static Prose Limits(ServiceStatement statement) => (statement.OnSomeResources, statement.UnderCondition) switch
    {
        (false, false) => "everywhere",
        (true, false) => "only on some resources",
        (false, true) => "only under a condition",
        _ => "only on some resources, under a condition",
    };

    private static Prose Name(ServiceStatement statement) => statement.Sid is { Length: > 0 } sid ? Prose.Of($"{statement.Number}, {sid}") : Prose.Of($"{statement.Number}");

    private static Prose Bounded(BoundaryOnService boundary) => boundary switch
    {
        { Statements: null } => Prose.Of($"The permissions boundary {boundary.Name} could not be read: what it lets through is unknown."),
        { Closes: true } => Prose.Of($"The permissions boundary {boundary.Name} lets nothing of it through, whatever the policies grant."),
        { IsOpen: true } => Prose.Of($"The permissions boundary {boundary.Name} lets all of it through."),
        _ => Prose.Of($"The permissions boundary {boundary.Name} lets some of it through."),
    };

    private static void AddScps(ImmutableArray<CardBlock>.Builder blocks, ScpsOnService scps)
    {
        if (scps.Problem is { } problem)
        {
            blocks.Add(new CardBlock.Paragraph(Prose.Backticked($"The organization's service control policies could not be read: {problem.TrimEnd('.')}."), Tone.Caution));
            return;
        }
        Add(blocks, Lines(scps.Denying, isAllow: false), "Denied by service control policy", "statements of service control policies that deny it");
        foreach (var level in scps.ClosedAt) blocks.Add(new CardBlock.Paragraph(Prose.Of($"No service control policy at {level} allows it: nothing of it gets through, whatever the policies grant."), Tone.Caution));
        foreach (var unread in scps.Unread) blocks.Add(new CardBlock.Paragraph(Prose.Of($"The service control policy {unread} could not be understood: what it says of the service is unknown."), Tone.Caution));
        if (!scps.IsBound) blocks.Add(new CardBlock.Paragraph("This is the organization's management account: no service control policy binds it."));
        else if (scps is { ClosedAt.IsEmpty: true, Denying.IsEmpty: true, Unread.IsEmpty: true }) blocks.Add(new CardBlock.Paragraph("The organization's service control policies let all of it through."));
    }

    private void AddTexts(ImmutableArray<CardBlock>.Builder blocks, (Prose Path, ServiceStatement Statement)[] lines)
    {
        if (Answer.Boundary is { Statements: { } bounding } boundary) lines = [.. lines, .. bounding.Select(statement => (Prose.Of($"{boundary.Name} as the boundary"), statement))];
        if (lines.Length == 0) return;
        blocks.Add(new CardBlock.Details(lines.Length == 1 ? "The statement itself" : "The statements themselves",
            [.. lines.Select(line => new CardBlock.Diff(Prose.Of($"{line.Path}: statement {Name(line.Statement)}"), DocumentDiff.Of(line.Statement.Text, line.Statement.Text)))]));
    }

    private ImmutableArray<Choice> Choices() =>
    [
        .. Answer.Granting.Select(policy => policy.Command).Distinct(StringComparer.Ordinal).Take(MostCommands).Select(Run),
        .. Answer.Near.Select(service => Run(new ServiceAsked(ServiceQuestion.Why, service).Command(Answer.Of.ToString()))),
    ];

    // Without the slash command: the names alone are long enough for a button.
    private Choice Run(string command) => new(new ChoiceId.Run(command + Answer.In?.Suffix).ToString(), command["/unused ".Length..] + Answer.In?.Suffix);
}
