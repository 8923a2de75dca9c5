using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Sandbox.Faults;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>
/// Like <see cref="KillTests"/>, without processes and with nothing left out: the host dies right before and right after every single write
/// to the store, to AWS and to the chat, one after another, and its successor takes up what it left.
/// </summary>
[Collection(nameof(KilledHosts))]
public sealed class AbortTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("last-accessed-bot-abort-").FullName;
    private int _databases;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task A_question_is_answered_once() => AtEveryPointAsync(async (world, host) =>
    {
        await host.SayAsync("paulo", "/unused user nikhilj");
    }, async (world, host) =>
    {
        // A card that was posted and got no review stays without an answer; the person asks again.
        if ((await host.Get<IAuditTrail>().ReadAsync(null, 100, CancellationToken.None)).IsEmpty) await host.SayAsync("paulo", "/unused user nikhilj");
        var card = world.Platform.Newest;
        Assert.False(card.IsUnderWay(), card.Text());
        Assert.Equal(2, card.Sections().Count(section => section.Id is not null));
        Assert.Single(await host.Get<IAuditTrail>().ReadAsync(null, 100, CancellationToken.None), entry => entry.Event == "asked");
        Assert.Equal(2, (await host.Get<IAuditTrail>().ReadAsync(null, 100, CancellationToken.None)).Count(entry => entry.Event == "proposed"));
    });

    [Fact]
    public Task A_ranking_is_shown() => AtEveryPointAsync((world, host) => host.SayAsync("paulo", "/unused policies"), async (world, host) =>
    {
        if ((await host.Get<IAuditTrail>().ReadAsync(null, 100, CancellationToken.None)).IsEmpty) await host.SayAsync("paulo", "/unused policies");
        Assert.Contains("ExamplePolicy1", world.Platform.Newest.Text());
    }, sampled: true);

    [Fact]
    public Task An_unknown_name_is_told() => AtEveryPointAsync((world, host) => host.SayAsync("paulo", "/unused app-dve"), async (world, host) =>
    {
        if ((await host.Get<IAuditTrail>().ReadAsync(null, 100, CancellationToken.None)).IsEmpty) await host.SayAsync("paulo", "/unused app-dve");
        Assert.Contains("Did you mean", world.Platform.Newest.Text());
    });

    [Theory]
    [InlineData("detach from a group")]
    [InlineData("leave a group")]
    [InlineData("narrow a policy with five versions")]
    [InlineData("narrow an inline policy")]
    [InlineData("delete a policy with two versions")]
    public async Task A_trim_and_its_undo_take_effect_once(string name)
    {
        var one = TrimCase.Of(name).In(0);
        await using var proposed = await World.StartAsync(NewDatabase());
        await using (var host = proposed.Host())
        {
            await host.PrepareAsync();
            await host.SayAsync("paulo", one.Ask);
        }
        var card = Assert.Single(proposed.Platform.Cards);
        var id = card.Value.Section(one.Title).Id!;
        // The card as an undisturbed host leaves it: its successors must leave the same.
        string[] titles = [];
        await AtEveryPointAsync(
            (world, host) => host.PressAsync("martha", card.Key, $"approve:{id}"),
            async (world, host) =>
            {
                // A press that died before it was written down is pressed again.
                if ((await host.Get<IProposals>().FindAsync(id, CancellationToken.None))!.State == ProposalState.Proposed) await host.PressAsync("martha", card.Key, $"approve:{id}");
                await EndedAsync(world, host, id, ProposalState.Applied, "apply", one.Apply);
                var now = world.Platform.Cards[card.Key].Sections().Select(section => section.Title.ToString()).ToArray();
                if (titles.Length == 0) titles = now;
                Assert.Equal(titles, now);
            }, proposed);

        await using (var host = proposed.Host()) await host.PressAsync("martha", card.Key, $"approve:{id}");
        proposed.Aws.Calls.Clear();
        await AtEveryPointAsync(
            (world, host) => host.PressAsync("martha", card.Key, $"undo:{id}"),
            async (world, host) =>
            {
                if ((await host.Get<IProposals>().FindAsync(id, CancellationToken.None))!.State == ProposalState.Applied) await host.PressAsync("martha", card.Key, $"undo:{id}");
                await EndedAsync(world, host, id, ProposalState.Undone, "undo", one.Undo);
                Assert.Equal(proposed.Before, AccountText.Of(world.Aws.Account));
            }, proposed);
    }

    [Fact]
    public async Task A_trim_that_fails_half_way_is_rolled_back()
    {
        const string Title = "Detach Legacy-Reporting from all 5 identities";
        await using var proposed = await World.StartAsync(NewDatabase());
        await using (var host = proposed.Host())
        {
            await host.PrepareAsync();
            await host.SayAsync("paulo", "/unused policy Legacy-Reporting");
        }
        var card = Assert.Single(proposed.Platform.Cards);
        var id = card.Value.Section(Title).Id!;
        proposed.Faults = faults => faults with { AccessDenied = ["iam:DetachRolePolicy"] };
        await AtEveryPointAsync(
            (world, host) => host.PressAsync("martha", card.Key, $"approve:{id}"),
            async (world, host) =>
            {
                if ((await host.Get<IProposals>().FindAsync(id, CancellationToken.None))!.State == ProposalState.Proposed) await host.PressAsync("martha", card.Key, $"approve:{id}");
                Assert.Equal(ProposalState.Failed, (await host.Get<IProposals>().FindAsync(id, CancellationToken.None))!.State);
                Assert.Equal(proposed.Before, AccountText.Of(world.Aws.Account));
                Assert.Equal(8, world.Aws.Calls.Writes.Count);
                Assert.Contains("The steps before it were taken back", world.Platform.Cards[card.Key].Text());
                Assert.False(world.Platform.Cards[card.Key].IsUnderWay());
            }, proposed);
    }

    private static async Task EndedAsync(World world, MortalHost host, string id, ProposalState state, string run, string[] changes)
    {
        Assert.Equal(state, (await host.Get<IProposals>().FindAsync(id, CancellationToken.None))!.State);
        Assert.Equal(changes, world.Aws.Calls.Writes.Select(call => call.Operation["iam:".Length..]));
        Assert.All(await host.Get<IJournal>().ReadAsync(id, run, CancellationToken.None), step => Assert.Equal(StepState.Done, step.State));
        Assert.Equal(changes.Length, (await host.Get<IAuditTrail>().OfProposalAsync(id, CancellationToken.None)).Count(entry => entry.Event == "step-done" && entry.Detail.StartsWith(run, StringComparison.Ordinal)));
        var card = world.Platform.Newest;
        Assert.False(card.IsUnderWay(), card.Text());
        Assert.Contains(state == ProposalState.Applied ? "Applied on" : "Undone by", card.Sections().Single(section => section.Id == id).Text());
    }

    /// <summary>Once undisturbed, and then once for every point that the undisturbed host passed.</summary>
    private async Task AtEveryPointAsync(Func<World, MortalHost, Task> act, Func<World, MortalHost, Task> check, World? from = null, bool sampled = false)
    {
        int points;
        await using (var world = await StartAsync(from))
        {
            await using var host = world.Host();
            await act(world, host);
            points = host.Life.Points.Count;
            await check(world, host);
        }
        // A ranking shows its progress by the dozen: the first points and the last are where something changes.
        foreach (var point in Enumerable.Range(1, points).Where(point => !sampled || point < 8 || point > points - 5))
        {
            await using var world = await StartAsync(from);
            string? at = null;
            await using (var host = world.Host(point))
            {
                try
                {
                    await act(world, host);
                }
                catch (DiedException)
                {
                    at = host.Life.Points[^1];
                }
            }
            // How often a progress is shown depends on the machine's speed: a sampled host may be done before its point.
            Assert.True(at is not null || sampled);
            await using var successor = world.Host();
            try
            {
                await successor.TakeUpAsync();
                await check(world, successor);
            }
            catch (Exception failure) when (failure is not DiedException)
            {
                throw new Xunit.Sdk.XunitException($"Died at point {point}, {at}: {failure.Message}", failure);
            }
        }
    }

    private async Task<World> StartAsync(World? from)
    {
        if (from is not null) return await from.CopyAsync(NewDatabase());
        var world = await World.StartAsync(NewDatabase());
        await using var host = world.Host();
        await host.PrepareAsync();
        return world;
    }

    private string NewDatabase() => Path.Combine(_folder, $"{++_databases}.db");

    /// <summary>An account, a database, and what the chat shows; can be copied with all that happened in it.</summary>
    private sealed class World(SandboxServer aws, string state, string database, Platform platform) : IAsyncDisposable
    {
        // Ages count back from the moment at which an account is loaded: it is the same for every copy.
        private static readonly FakeTimeProvider s_time = new(TimeProvider.System.GetUtcNow());

        public SandboxServer Aws => aws;

        public Platform Platform => platform;

        /// <summary>The account as it was when the first of these worlds began.</summary>
        public string Before { get; private init; } = AccountText.Of(aws.Account);

        public Func<FaultSettings, FaultSettings> Faults { get; set; } = faults => faults;

        public static async Task<World> StartAsync(string database)
        {
            var state = database + ".aws.json";
            using (var first = File.CreateText(state)) await first.WriteAsync(TrimCase.Scenario);
            return new World(await SandboxAsync(state), state, database, new Platform());
        }

        public MortalHost Host(int? diesAt = null) => new(database, aws.Address, platform, diesAt);

        public async Task<World> CopyAsync(string copy)
        {
            File.Copy(database, copy);
            File.Copy(state, copy + ".aws.json");
            var world = new World(await SandboxAsync(copy + ".aws.json"), copy + ".aws.json", copy, platform.Copy()) { Before = Before };
            world.Aws.Faults.Change(Faults);
            return world;
        }

        public ValueTask DisposeAsync() => aws.DisposeAsync();

        private static Task<SandboxServer> SandboxAsync(string state) =>
            SandboxServer.StartAsync(new SandboxOptions { Port = 0, ReportTime = TimeSpan.Zero, StateFile = state }, s_time, CancellationToken.None);
    }
}
