using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Sandbox.Faults;
using LastAccessedBot.Storage;
using Microsoft.EntityFrameworkCore;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>The sweep of an account by the real host, over HTTP.</summary>
[Collection(nameof(EndToEnd))]
public sealed class SweepTests
{
    private const string Begin = "iam:GenerateServiceLastAccessedDetails";

    [Fact]
    public async Task Killed_half_way_and_started_again_it_repeats_nothing_that_was_finished()
    {
        const int Targets = 300;
        await using var scene = await StartAsync(Targets, TimeSpan.FromMilliseconds(20), parallel: 24);
        var (begun, isHalfWay, goOn) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        scene.Aws.Faults.Watcher = call =>
        {
            if (call is not { Operation: Begin, Phase: CallPhase.Arrived } || Interlocked.Increment(ref begun) is var now && now < Targets / 2) return Task.CompletedTask;
            isHalfWay.TrySetResult();
            return goOn.Task;
        };
        var card = Assert.Single(await scene.Bot.SayAsync(Paulo, "/unused sweep"));
        await isHalfWay.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        // What is finished is written once a second.
        while ((await FinishedAsync(scene.Folder)).Count < Targets / 10) await Task.Delay(50, TestContext.Current.CancellationToken);
        scene.Bot.Kill();
        goOn.SetResult();
        var (finished, callsBefore) = (await FinishedAsync(scene.Folder), scene.Aws.Calls.All.Count);
        Assert.InRange(finished.Count, Targets / 10, Targets / 2);

        await scene.RestartAsync();
        var ended = await scene.Bot.WhenAsync(card.Id, one => !one.IsUnderWay(), Paulo);
        Assert.Equal("Sweep of the account: 300 of 300 have unused services", ended.Card!.Title.ToString());
        Assert.Contains("taken up again once", ended.Card.Text());
        var again = scene.Aws.Calls.All.Skip(callsBefore).Where(call => call.Operation == Begin).Select(call => call.Parameters["Arn"]).ToArray();
        Assert.DoesNotContain(again, finished.Contains);
        Assert.Equal(Targets - finished.Count, again.Distinct().Count());
        // A target costs its start and, but for the first ones, a single poll.
        Assert.InRange(scene.Aws.Calls.Count("iam:GetServiceLastAccessedDetails"), Targets, Targets * 1.25);
        Assert.Equal(["sweep-started", "sweep-resumed", "sweep-ended"], (await scene.RecordAboutAsync("account")).Select(entry => entry.Event));
    }

    [Fact]
    public async Task Everybody_who_asks_sees_the_same_sweep_go_on_and_end_and_a_new_one_takes_another_press()
    {
        await using var scene = await StartAsync(60, TimeSpan.Zero, parallel: 4);
        var (begun, goOn) = (0, new TaskCompletionSource());
        scene.Aws.Faults.Watcher = call => call is { Operation: Begin, Phase: CallPhase.Arrived } && Interlocked.Increment(ref begun) > 30 ? goOn.Task : Task.CompletedTask;
        var here = Assert.Single(await scene.Bot.SayAsync(Paulo, "/unused sweep"));
        var half = await scene.Bot.WhenAsync(here.Id, card => card.All().OfType<CardBlock.Progress>().Any(bar => bar.Fraction is > 0.3 and < 1), Paulo);
        Assert.Matches("^… \\d+ of 60 looked at; about \\d+ (second|minute)s? left$", half.Card!.All().OfType<CardBlock.Progress>().Single().Text());
        var there = Assert.Single(await scene.Bot.SayAsync(Martha, "/unused sweep", "elsewhere"), one => one.Id != here.Id);
        Assert.Contains(" of 60 looked at", there.Card!.Text());
        goOn.SetResult();

        var ended = await scene.Bot.WhenAsync(here.Id, card => !card.IsUnderWay(), Paulo);
        Assert.Equal("Sweep of the account: 60 of 60 have unused services", ended.Card!.Title.ToString());
        Assert.Contains("Groups | 3 of 3 |", ended.Card.Text());
        Assert.Contains("Policies of your own | 15 of 15 |", ended.Card.Text());
        await scene.Bot.ReadAsync(Martha, seen => seen.Any(one => one.Id == there.Id && one.Card!.Title == ended.Card.Title), "elsewhere");
        Assert.Equal(60, scene.Aws.Calls.Count(Begin));

        // Fresh as it is, it is shown once more, and its card moves down.
        var shown = Assert.Single(await scene.Bot.SayAsync(Paulo, "/unused sweep"), one => one.Id != here.Id);
        Assert.Equal(ended.Card.Title, shown.Card!.Title);
        await scene.Bot.WhenAsync(here.Id, card => card.Title.ToString() == "The card of the sweep moved down", Paulo);
        Assert.Equal(60, scene.Aws.Calls.Count(Begin));

        var looked = Assert.Single(await scene.Bot.PressAsync(Paulo, shown.Id, shown.Card.Choices[0].Id), one => one.Id != shown.Id);
        var review = await scene.Bot.WhenAsync(looked.Id, card => !card.IsUnderWay(), Paulo);
        Assert.Contains("services unused", review.Card!.Title.ToString());
        var (before, pressed) = (scene.Aws.Calls.Count(Begin), Assert.Single(await scene.Bot.PressAsync(Paulo, shown.Id, shown.Card.Choice("Sweep again")), one => one.Id != shown.Id));
        var second = await scene.Bot.WhenAsync(pressed.Id, card => !card.IsUnderWay(), Paulo);
        Assert.Equal(60, scene.Aws.Calls.Count(Begin) - before);
        Assert.Contains("looked at 60: 60 had unused services", second.Card!.Text());

        var overview = Assert.Single(await scene.Bot.PressAsync(Paulo, pressed.Id, second.Card!.Choice("Overview")), one => one.Id != pressed.Id);
        var page = await scene.Bot.Http.GetStringAsync(overview.Card!.Blocks.OfType<CardBlock.Link>().Single().Address, TestContext.Current.CancellationToken);
        Assert.Contains("60 subjects", page, StringComparison.Ordinal);
    }

    private static Task<Scene> StartAsync(int targets, TimeSpan reportTime, int parallel) => Scene.StartAsync(
        GeneratedAccount.Mixed(targets, TimeProvider.System), reportTime,
        ("Sweep__ParallelReports", $"{parallel}"), ("Aws__ParallelCalls", "16"), ("Sweep__ShowEvery", "00:00:01"),
        ("Console__People__0__Id", Paulo), ("Console__People__0__Name", "Paulo Santos"), ("Console__People__1__Id", Martha), ("Console__People__1__Name", "Martha Rivera"));

    /// <summary>The ARNs of what the store says is done.</summary>
    private static async Task<HashSet<string>> FinishedAsync(string folder)
    {
        await using var db = new SqliteBotDb(new DbContextOptionsBuilder<SqliteBotDb>().UseSqlite($"Data Source={Path.Combine(folder, "bot.db")};Mode=ReadWrite").Options);
        return [.. await db.SweepTargets.Where(row => row.State == "Done").Select(row => row.Arn).ToListAsync(TestContext.Current.CancellationToken)];
    }
}
