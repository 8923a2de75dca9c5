using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox.Faults;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>
/// One approval, one effect, wherever the process dies. For every kind of edit, and for the undo of each, the real host is killed at every
/// change that it sends: once when the call has arrived and nothing is done, and once when it is done and not answered. Of the reads around
/// the changes (some fifty a run, all between the same two writes of the journal) the first, the first after the last change, and the first
/// of the renewed report stand for the rest; the points between writes to the store are covered one by one in <see cref="AbortTests"/>.
/// </summary>
[Collection(nameof(KilledHosts))]
public sealed class KillTests
{
    private sealed record Point(string Name, Func<Progress, WatchedCall, bool> IsHere)
    {
        public override string ToString() => Name;
    }

    /// <summary>The changes carried out and the reads arrived since the press.</summary>
    private sealed record Progress(int Arrived, int CarriedOut, int Reads, int ReadsSinceChange);

    [Theory]
    [MemberData(nameof(TrimCase.Names), MemberType = typeof(TrimCase))]
    public async Task Killed_anywhere_the_host_completes_the_trim_and_its_undo_once(string name)
    {
        var kind = TrimCase.Of(name);
        await using var scene = await Scene.StartAsync(TrimCase.Account(), TimeSpan.Zero);
        var (before, untouched) = (scene.Account, scene.Aws.Account.Snapshot());
        var applied = await UndisturbedAsync(scene, kind.In(0), before);
        ImmutableArray<Point> applying = [.. Points(kind.Apply.Length), new("the renewed report", (so, call) => so.CarriedOut == kind.Apply.Length && call.Operation is "iam:GenerateServiceLastAccessedDetails" or "iam:GenerateOrganizationsAccessReport" && call.Phase == CallPhase.Arrived)];
        var undoing = Points(kind.Undo.Length);
        if (!kind.HasReport) applying = applying.RemoveAt(applying.Length - 1);
        for (var round = 0; round < Math.Max(applying.Length, undoing.Length); round++)
        {
            var one = kind.In(round + 1);
            var review = await scene.Bot.AskAsync(Paulo, one.Ask);
            var id = review.Card!.Section(one.Title).Id!;
            await KilledAsync(scene, review.Id, id, "approve", round < applying.Length ? applying[round] : null, one.Apply, "apply", "Applied on", ProposalState.Applied);
            Assert.Equal(Applied(one, untouched, applied), scene.Aws.Account.Snapshot());
            await KilledAsync(scene, review.Id, id, "undo", round < undoing.Length ? undoing[round] : null, one.Undo, "undo", "Undone by", ProposalState.Undone);
            Assert.Equal(before, scene.Account);
        }
    }

    private static ImmutableArray<Point> Points(int changes) =>
    [
        new("the first read", (so, call) => so.Reads == 1 && call.Phase == CallPhase.Arrived),
        .. Enumerable.Range(1, changes).SelectMany(number => new Point[]
        {
            new($"change {number}, arrived", (so, call) => call.Writes && so.Arrived == number && call.Phase == CallPhase.Arrived),
            new($"change {number}, done", (so, call) => call.Writes && so.CarriedOut == number && call.Phase == CallPhase.CarriedOut),
        }),
        new("the first read after the last change", (so, call) => so.CarriedOut == changes && so.ReadsSinceChange == 1 && call.Phase == CallPhase.Arrived),
    ];

    /// <summary>The account after the trim alone; each round deletes another policy.</summary>
    private static string Applied(TrimCase one, string untouched, string applied) =>
        one.Apply.Contains("DeletePolicy") ? Without(untouched, one.Title.Split(' ')[^1]) : applied;

    // A document runs over several lines, which start with a blank or a brace.
    private static string Without(string snapshot, string policy)
    {
        var isOfPolicy = false;
        return string.Join('\n', snapshot.Split('\n').Where(line =>
        {
            if (line.Length > 0 && line[0] is not (' ' or '}')) isOfPolicy = line.Contains($"/{policy} ", StringComparison.Ordinal);
            return !isOfPolicy;
        }));
    }

    private static async Task<string> UndisturbedAsync(Scene scene, TrimCase one, string before)
    {
        scene.Aws.Calls.Clear();
        var review = await scene.Bot.AskAsync(Paulo, one.Ask);
        var done = await scene.Bot.PressAsync(Martha, review, one.Title, "Approve", "Applied on");
        Assert.Equal(one.Apply, scene.Writes);
        var applied = scene.Aws.Account.Snapshot();
        Assert.NotEqual(before, scene.Account);
        await scene.Bot.PressAsync(Martha, done, one.Title, "Undo", "Undone by");
        Assert.Equal([.. one.Apply, .. one.Undo], scene.Writes);
        Assert.Equal(before, scene.Account);
        return applied;
    }

    private static async Task KilledAsync(Scene scene, string review, string id, string press, Point? point, string[] changes, string run, string outcome, ProposalState state)
    {
        await scene.WhenShownAsync(review);
        scene.Aws.Calls.Clear();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var dead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (point is not null) Watch(scene, point, reached, dead.Task);
        // The press itself is answered before the job has begun, or dies with the host.
        var pressed = scene.Bot.PressAsync(Martha, review, $"{press}:{id}");
        if (point is not null)
        {
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
            scene.Bot.Kill();
            dead.SetResult();
            await Record.ExceptionAsync(() => pressed);
            await scene.RestartAsync();
            // A read of an earlier renewal can be the first one: then the press died before it was written down, and is pressed again.
            if ((await scene.ProposalAsync(id)).State == (press == "approve" ? ProposalState.Proposed : ProposalState.Applied)) await scene.Bot.PressAsync(Martha, review, $"{press}:{id}");
        }
        else await pressed;
        await scene.Bot.WhenAsync(review, card => !card.IsUnderWay() && card.Sections().Any(section => section.Id == id && section.Text().Contains(outcome, StringComparison.Ordinal)), Martha);
        Assert.True(changes.SequenceEqual(scene.Writes), $"Killed at {point} of {press}, the host made {string.Join(", ", scene.Writes)}");
        Assert.Equal(state, (await scene.ProposalAsync(id)).State);
        Assert.All(await scene.StepsAsync(id, run), step => Assert.Equal(StepState.Done, step.State));
        var done = (await scene.RecordAsync(id)).Where(entry => entry.Event == "step-done" && entry.Detail.StartsWith(run, StringComparison.Ordinal)).Select(entry => entry.Detail.Split(':')[0]);
        Assert.Equal(Enumerable.Range(1, changes.Length).Select(step => $"{run} {step}"), done);
    }

    private static void Watch(Scene scene, Point point, TaskCompletionSource reached, Task dead)
    {
        var gate = new Lock();
        var so = new Progress(0, 0, 0, 0);
        scene.Aws.Faults.Watcher = async call =>
        {
            lock (gate)
            {
                so = call switch
                {
                    { Writes: true, Phase: CallPhase.Arrived } => so with { Arrived = so.Arrived + 1 },
                    { Writes: true } => so with { CarriedOut = so.CarriedOut + 1, ReadsSinceChange = 0 },
                    { Phase: CallPhase.Arrived } => so with { Reads = so.Reads + 1, ReadsSinceChange = so.ReadsSinceChange + 1 },
                    _ => so,
                };
                if (!point.IsHere(so, call) || reached.Task.IsCompleted) return;
                scene.Aws.Faults.Watcher = null;
                reached.SetResult();
            }
            await dead;
            throw new CallDroppedException();
        };
    }
}
