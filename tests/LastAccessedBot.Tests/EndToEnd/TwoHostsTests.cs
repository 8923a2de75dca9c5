using System.Collections.Concurrent;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using LastAccessedBot.Tests.Storage;
using LastAccessedBot.Tests.Surfaces;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using Microsoft.EntityFrameworkCore;
using static LastAccessedBot.Tests.EndToEnd.SlackScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Two host processes that share one PostgreSQL state and one Slack workspace.</summary>
[Collection(nameof(KilledHosts))]
public sealed class TwoHostsTests(PostgreSqlServer server)
{
    private const int Groups = 30, ClicksASecond = 200, Seconds = 6;

    private static readonly string[] s_deciders = [Maria, Martha, Paulo];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Under_two_hundred_clicks_a_second_with_one_host_killed_every_decision_has_one_effect()
    {
        var database = await server.DatabaseAsync();
        var keys = Directory.CreateTempSubdirectory("last-accessed-bot-keys-");
        (string, string)[] shared = [("Storage__Provider", "PostgreSql"), ("Storage__ConnectionString", database), ("Storage__KeysFolder", keys.FullName)];
        await using var scene = await SlackScene.StartAsync(WayIn.Http, ContractAccount.Create(), [.. shared, .. ContractAccount.Settings(SlackScene.Key(Maria)), .. Enumerable.Range(0, Groups).Select(number => ($"Approvals__Owners__group {ContractAccount.Group(number)}__1", SlackScene.Key(Paulo)))]);
        try
        {
            await using var second = new OtherHost(scene);
            await second.StartAsync();
            var cards = await AskAsync(scene, second);

            await ClickAsync(scene, second, cards);

            await using var store = TemporaryStore.On(database);
            await WhenAsync(async () =>
            {
                var (states, open) = ((await ProposalsAsync(store)).CountBy(proposal => proposal.State).ToDictionary(), await OpenDeliveriesAsync(store));
                var isDone = open == 0 && states.Keys.All(state => state is ProposalState.Applied or ProposalState.Dismissed);
                return isDone ? null : $"{open} deliveries are open; {string.Join(", ", states)}\n{Tail(scene.Scene.Bot.Log)}\n---\n{Tail(second.Log)}";
            });
            var proposals = await ProposalsAsync(store);
            Assert.Equal(Groups, proposals.Count);
            Assert.All(proposals, proposal => Assert.True(proposal.State is ProposalState.Applied or ProposalState.Dismissed, $"{proposal.State}: {proposal.Outcome}"));
            var applied = proposals.Where(proposal => proposal.State == ProposalState.Applied).ToArray();
            Assert.NotEmpty(applied);
            Assert.Equal(Enumerable.Repeat("DetachGroupPolicy", applied.Length), scene.Scene.Writes);
            var audit = new AuditTrail(store);
            Assert.Null((await VerifyRecord.OfStoreAsync(audit, null, Cancellation)).Fault);
            var entries = await audit.AllAsync(Cancellation).Select(one => one.Entry).ToListAsync(Cancellation);
            Assert.All(proposals, proposal => Assert.Equal(
                proposal.State == ProposalState.Applied ? ["proposed", "approved", "applying", "step-started", "step-done", "applied"] : ["proposed", "dismissed"],
                entries.Where(entry => entry.ProposalId == proposal.Id).Select(entry => entry.Event)));
        }
        finally
        {
            keys.Delete(recursive: true);
        }
    }

    /// <summary>A card a group, asked for at one host or the other.</summary>
    private static async Task<Dictionary<int, SlackPost>> AskAsync(SlackScene scene, OtherHost second)
    {
        foreach (var number in Enumerable.Range(0, Groups))
            Assert.Equal(200, (await (number % 2 == 0 ? scene.People : second.People).DeliverAsync("slash_commands", scene.People.Command(Paulo, ContractAccount.Group(number)))).Status);
        SlackPost? CardOf(int number) => scene.Slack.Posts.FirstOrDefault(post => SlackPeople.PartOf(post, ContractAccount.Suggestion(ContractAccount.Group(number))).Length > 0);
        await scene.Slack.WhenAsync(() => Enumerable.Range(0, Groups).All(number => CardOf(number) is not null), "all cards stand");
        Assert.Equal(Groups, scene.Slack.Posts.Count(post => post.OnlyFor is null));
        return Enumerable.Range(0, Groups).ToDictionary(number => number, number => CardOf(number)!);
    }

    /// <summary>Everybody presses everything, on both hosts, while one of them dies and another takes its place.</summary>
    private static async Task ClickAsync(SlackScene scene, OtherHost second, Dictionary<int, SlackPost> cards)
    {
        // What is pressed was on the cards when they came: buttons go as proposals are decided.
        var buttons = cards.ToDictionary(card => card.Key, card => (string[])[.. new[] { "Approve", "Dismiss" }.Select(label => SlackPeople.ButtonOf(card.Value, ContractAccount.Suggestion(ContractAccount.Group(card.Key)), label))]);
        var sent = new ConcurrentBag<Task>();
        const int Ticks = 10 * Seconds, ATick = ClicksASecond / 10;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        Task? restarted = null;
        for (var tick = 0; tick < Ticks && await timer.WaitForNextTickAsync(Cancellation); tick++)
        {
            if (tick == Ticks / 2) restarted = second.RestartAsync();
            for (var click = 0; click < ATick; click++)
            {
                var number = tick * ATick + click;
                // Groups come to be pressed one after another, so that decisions fall before, while and after one host is away.
                var group = Math.Min(number * Groups / (Ticks * ATick) + number % 3, Groups - 1);
                var press = scene.People.Press(s_deciders[number % s_deciders.Length], cards[group], buttons[group][number % 7 == 0 ? 1 : 0]);
                var host = number % 2 == 0 ? scene.People : second.People;
                sent.Add(Task.Run(() => PressAsync(host, scene.People, press, twice: number % 10 == 0), Cancellation));
            }
        }
        await Task.WhenAll(sent);
        await restarted!;
    }

    // As a platform does it: what nobody acknowledged is delivered again, and sometimes what somebody did.
    private static async Task PressAsync(SlackPeople host, SlackPeople other, System.Text.Json.Nodes.JsonObject press, bool twice)
    {
        var acknowledged = false;
        try
        {
            acknowledged = (await host.DeliverAsync("interactive", press)).Status == 200;
        }
        catch (Exception gone) when (gone is HttpRequestException or ObjectDisposedException or TaskCanceledException)
        {
            // The host is away.
        }
        if (!acknowledged || twice) Assert.Equal(200, (await other.DeliverAsync("interactive", press)).Status);
    }

    /// <param name="missing">What is still to be done; null when nothing is.</param>
    private static async Task WhenAsync(Func<Task<string?>> missing)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        for (var looks = 2 * 600; await missing() is { } still; looks--)
        {
            Assert.True(looks > 0, $"After ten minutes: {still}");
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    private static string Tail(string log) => log[^Math.Min(log.Length, 4_000)..];

    /// <summary>Those that were pressed; a policy that came off everybody may be suggested for deletion since.</summary>
    private static async Task<IReadOnlyCollection<Proposal>> ProposalsAsync(TemporaryStore store) =>
        [.. (await new Proposals(store).InAsync([.. Enum.GetValues<ProposalState>()], Cancellation)).Where(proposal => proposal.Trim.Kind == TrimKind.DetachPolicy)];

    private static async Task<int> OpenDeliveriesAsync(TemporaryStore store)
    {
        await using var db = store.CreateDbContext();
        return await db.Deliveries.CountAsync(row => row.Payload != null, Cancellation);
    }

    /// <summary>The second process, with the settings of the first.</summary>
    private sealed class OtherHost(SlackScene scene) : IAsyncDisposable
    {
        private BotProcess? _bot;

        public SlackPeople People { get; private set; } = scene.People;

        public string Log => _bot!.Log;

        public async Task StartAsync()
        {
            _bot = await scene.Scene.AnotherBotAsync();
            People = new SlackPeople(scene.Slack, _bot.Address, WayIn.Http);
        }

        public async Task RestartAsync()
        {
            _bot!.Kill();
            await _bot.DisposeAsync();
            await StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (_bot is not null) await _bot.DisposeAsync();
        }
    }
}
