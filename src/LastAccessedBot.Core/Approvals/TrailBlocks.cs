using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;

namespace LastAccessedBot.Core.Approvals;

/// <summary>What CloudTrail recorded, for reading beside the report.</summary>
internal static class TrailBlocks
{
    private const int MostRows = 25;

    public static IEnumerable<CardBlock> Of(Trail trail, DateTimeOffset now)
    {
        var days = (int)Math.Round((trail.Until - trail.From).TotalDays);
        if (trail.Problem is { } problem)
        {
            yield return new CardBlock.Paragraph(Prose.Backticked($"CloudTrail was asked for a second evidence and gave none: {problem.TrimEnd('.')}."), Tone.Caution);
            yield break;
        }
        var denied = trail.Actions.Sum(action => action.Denied);
        var blocks = ImmutableArray.CreateBuilder<CardBlock>();
        if (trail.Actions.Length > 0) blocks.Add(new CardBlock.Table(["Action", "Last", "Times", "Denied"], [.. trail.Actions.Take(MostRows).Select(action => Row(action, now))], Main: 3));
        if (trail.Actions.Length > MostRows) blocks.Add(new CardBlock.Paragraph(Prose.Of($"And {trail.Actions.Length - MostRows} more actions, attempted longer ago.")));
        if (trail.IsCutOff) blocks.Add(new CardBlock.Paragraph("There are more events than the settings let the bot read: these are the latest.", Tone.Caution));
        blocks.Add(new CardBlock.Paragraph("CloudTrail keeps management events of 90 days. An action that is not here may have been used all the same, and nothing is called unused for it; one that is here and not in AWS's report makes the service unknown."));
        yield return new CardBlock.Details(
            Prose.Of($"CloudTrail, last {days} days: {trail.Actions.Length} {(trail.Actions.Length == 1 ? "action" : "actions"):w} seen{(denied == 0 ? "" : $", {denied} {(denied == 1 ? "attempt" : "attempts")} denied"):w}"), blocks.ToImmutable());
    }

    private static TableRow Row(TrailAction action, DateTimeOffset now) => new(
        [Prose.Of($"{$"{action.Service}:{action.Action}"}"), UseWords.On(action.Last, now), Prose.Of($"{action.Times}"), action.Denied == 0 ? "" : Prose.Of($"{action.Denied}")],
        action.Denied == action.Times ? Tone.Caution : Tone.Neutral);
}
