using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Sweeps;

namespace LastAccessedBot.Flows;

/// <summary>A sweep's card: how far it is, and what it found.</summary>
public static class SweepCards
{
    /// <summary>Stands where a card was that was asked for again in the same conversation.</summary>
    public static Card Moved { get; } = Card.Of("The card of the sweep moved down", new CardBlock.Paragraph("Somebody asked again: it stands where they asked."));

    /// <param name="nameOf">A person's display name.</param>
    public static Card Of(SweepRecord sweep, DateTimeOffset now, Func<string, string> nameOf) => sweep switch
    {
        { State: SweepState.Ended, Findings: { } findings } => Ended(sweep, findings, nameOf),
        { State: SweepState.Failed } => new Card(
            "The account could not be swept", Tone.Bad, [new CardBlock.Paragraph(Prose.Backticked($"{sweep.Problem}."), Tone.Bad), new CardBlock.Paragraph("Nothing was concluded.")], [Again("Retry")]),
        _ => Card.Of("Sweeping the account", new CardBlock.Progress(Progress(sweep, now), sweep.State == SweepState.Working && sweep.Total > 0 ? (double)sweep.Looked / sweep.Total : null), new CardBlock.Paragraph(Started(sweep, nameOf))),
    };

    private static Prose Progress(SweepRecord sweep, DateTimeOffset now)
    {
        if (sweep.State == SweepState.Listing) return sweep.Total == 0 ? "Listing groups, users, roles and policies …" : Prose.Of($"Listing groups, users, roles and policies: {sweep.Total} so far …");
        var failed = sweep.Failed > 0 ? Prose.Of($", {sweep.Failed} without an answer") : Prose.Empty;
        var left = Left(sweep, now) is { } time ? Prose.Of($"; about {Words(time):w} left") : Prose.Empty;
        return Prose.Of($"{sweep.Looked} of {sweep.Total} looked at").Then(failed).Then(left);
    }

    /// <summary>At the pace of this run; null before there is one.</summary>
    private static TimeSpan? Left(SweepRecord sweep, DateTimeOffset now) => sweep.RunAt is { } began && sweep.Looked - sweep.RunFrom is > 0 and var looked && now > began
        ? (now - began) / looked * (sweep.Total - sweep.Looked)
        : null;

    private static Prose Started(SweepRecord sweep, Func<string, string> nameOf)
    {
        var by = sweep.By == "bot" ? (Prose)"because it was due" : Prose.Of($"by {nameOf(sweep.By):w}");
        var resumed = sweep.Runs > 1 ? Prose.Of($", and taken up again {(sweep.Runs == 2 ? "once" : $"{sweep.Runs - 1:N0} times"):w}") : Prose.Empty;
        return Prose.Of($"Started at {$"{sweep.StartedAt:yyyy-MM-dd HH:mm} UTC":w} ").Then(by).Then(resumed).Then(".");
    }

    private static Card Ended(SweepRecord sweep, SweepFindings findings, Func<string, string> nameOf)
    {
        var blocks = ImmutableArray.CreateBuilder<CardBlock>();
        blocks.Add(new CardBlock.Paragraph(Started(sweep, nameOf).Then(Prose.Of($" It took {Words(sweep.EndedAt!.Value - sweep.StartedAt):w}, and looked {sweep.Window.Days} days back.{(sweep.LeftOut > 0 ? $" Service-linked roles, which only AWS changes, are left out: {sweep.LeftOut:N0}." : ""):w}"))));
        if (!findings.Kinds.IsEmpty) blocks.Add(new CardBlock.Table(["Kind", "With unused services", "All unused", "Services unused", "Unknown"], [.. findings.Kinds.Select(Row)], 3));
        if (Trend(sweep, findings) is { } trend) blocks.Add(new CardBlock.Paragraph(trend));
        if (!findings.Idlest.IsEmpty) blocks.Add(new CardBlock.Table(["Most unused", "Unused", "Used", "Unknown"], [.. findings.Idlest.Select(Row)], 2));
        if (!findings.Failures.IsEmpty) blocks.Add(new CardBlock.Table(["Without an answer", "Targets", "One of them"], [.. findings.Failures.Select(Row)], 2));
        return new Card(
            Prose.Of($"Sweep of the account: {findings.WithUnused} of {findings.Targets} have unused services"),
            findings.WithUnused > 0 ? Tone.Caution : Tone.Good,
            blocks.ToImmutable(),
            [
                .. findings.Idlest.Select(target => new Choice(new ChoiceId.Run($"/unused {target.Words} {sweep.Window.Days}d").ToString(), target.Label)),
                new Choice(new ChoiceId.Run("/unused report").ToString(), "Overview"),
                Again("Sweep again"),
            ]);
    }

    private static Choice Again(string label) => new(new ChoiceId.Run("/unused sweep again").ToString(), label);

    private static Prose? Trend(SweepRecord sweep, SweepFindings findings) => sweep.Before is not { } before ? null : Prose.Of(
        $"The sweep of {before.StartedAt} looked at {before.Targets}: {before.WithUnused} had unused services, {before.Unused} services in all; now {findings.Unused} ({Change(findings.Unused - before.Unused):w}).");

    private static string Change(int by) => by == 0 ? "as many" : by < 0 ? $"{-by:N0} fewer" : $"{by:N0} more";

    private static TableRow Row(KindTally kind) => new(
        [Plural(kind.Kind), $"{kind.WithUnused:N0} of {kind.Targets - kind.Failed:N0}", $"{kind.Idle:N0}", $"{kind.Unused:N0} of {kind.Granted:N0}", $"{kind.Unknown:N0}"],
        kind.WithUnused > 0 ? Tone.Caution : Tone.Good);

    private static TableRow Row(IdlestTarget target) => new(
        [Prose.Of($"{target.KindWord:w} {target.Name}"), $"{target.Unused:N0} of {target.Granted:N0} services unused", $"{target.Used:N0}", $"{target.Unknown:N0}"], Tone.Caution);

    private static TableRow Row(FailureTally failure) => new(
        [failure.Reason, Count(failure.Targets, "target"), Prose.Of($"{Kind(failure.Words):w} {Name(failure.Words)}: ").Then(Prose.Backticked(failure.Problem))], Tone.Bad);

    private static string Plural(SweptKind kind) => kind switch
    {
        SweptKind.Group => "Groups",
        SweptKind.User => "Users",
        SweptKind.Role => "Roles",
        _ => "Policies of your own",
    };

    private static string Kind(string words) => words[..words.IndexOf(' ', StringComparison.Ordinal)];

    private static string Name(string words) => words[(words.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 90 } => Count(Math.Max(1, (int)Math.Round(time.TotalSeconds)), "second"),
        { TotalMinutes: < 90 } => Count((int)Math.Round(time.TotalMinutes), "minute"),
        _ => $"{Count((int)time.TotalHours, "hour")} {Count(time.Minutes, "minute")}",
    };

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number:N0} {noun}s";
}
