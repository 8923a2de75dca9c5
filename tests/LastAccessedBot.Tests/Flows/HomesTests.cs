using System.Collections.Concurrent;
using System.Threading.Channels;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using LastAccessedBot.Tests.Surfaces.Slack.Socket;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Tests.Flows;

public sealed class HomesTests : IAsyncLifetime
{
    private static readonly Person s_ann = new("wall", "ann", "ann"), s_bob = new("wall", "bob", "bob");

    private readonly string _folder = Directory.CreateTempSubdirectory("last-accessed-bot-homes-").FullName;
    private readonly Wall _wall = new();
    private readonly LogLines _log = new();
    private readonly Channel<string> _read = Channel.CreateUnbounded<string>();
    private ServiceProvider _services = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Homes Homes => _services.GetRequiredService<Homes>();

    public async ValueTask InitializeAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "bot.db")}",
            ["Approvals:Admins:0"] = "wall:ann",
            ["Approvals:Admins:1"] = "wall:bob",
        }).Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(_log))
            .AddSingleton(TimeProvider.System)
            .AddStorage(configuration).AddFlows(configuration)
            .AddSingleton<IOpenHomes>(provider => new Read(ActivatorUtilities.CreateInstance<OpenHomes>(provider), _read.Writer))
            .AddSingleton<IHomeSurface>(_wall)
            .BuildServiceProvider();
        await _services.PrepareStorageAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Homes.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Twenty_changes_while_a_showing_waits_keep_nobody_waiting_and_are_shown_once()
    {
        await Homes.StartAsync(Cancellation);
        var gate = new TaskCompletionSource<bool>();
        _wall.Answers.Enqueue(gate.Task);
        await Homes.OpenAsync(s_ann, 1, Cancellation);
        Assert.Equal("ann: Nothing waits for you", await _wall.NextAsync());
        for (var change = 0; change < 20; change++)
        {
            await ProposeAsync();
            Homes.Renew();
        }
        gate.SetResult(true);
        Assert.Equal("ann: 20 decisions wait for you", await _wall.NextAsync());
        await Homes.OpenAsync(s_bob, 1, Cancellation);
        Assert.Equal("bob: 20 decisions wait for you", await _wall.NextAsync());
    }

    [Fact]
    public async Task What_would_look_the_same_is_not_shown_again_until_it_is_opened()
    {
        await Homes.StartAsync(Cancellation);
        await Homes.OpenAsync(s_ann, 1, Cancellation);
        await _wall.NextAsync();
        Homes.Renew();
        for (var drawn = 0; drawn < 2; drawn++) Assert.Equal("ann", await _read.Reader.ReadAsync(Cancellation));
        await Homes.OpenAsync(s_bob, 1, Cancellation);
        Assert.Equal("bob: Nothing waits for you", await _wall.NextAsync());
        await Homes.OpenAsync(s_ann, 1, Cancellation);
        Assert.Equal("ann: Nothing waits for you", await _wall.NextAsync());
    }

    [Fact]
    public async Task What_another_host_replaced_meanwhile_is_drawn_once_more()
    {
        await Homes.StartAsync(Cancellation);
        _wall.Answers.Enqueue(Task.FromResult(false));
        await Homes.OpenAsync(s_ann, 1, Cancellation);
        await _wall.NextAsync();
        Assert.Equal("ann: Nothing waits for you", await _wall.NextAsync());
    }

    [Fact]
    public async Task A_platform_that_fails_is_on_the_log_and_the_next_change_shows_it()
    {
        await Homes.StartAsync(Cancellation);
        _wall.Answers.Enqueue(Task.FromException<bool>(new IOException("away")));
        await Homes.OpenAsync(s_ann, 1, Cancellation);
        await _wall.NextAsync();
        await _log.WhenAsync("The Home of wall:ann could not be shown");
        await ProposeAsync();
        Homes.Renew();
        Assert.Equal("ann: One decision waits for you", await _wall.NextAsync());
    }

    [Fact]
    public async Task The_next_process_shows_what_was_opened_within_a_working_day()
    {
        var now = TimeProvider.System.GetUtcNow();
        var open = _services.GetRequiredService<IOpenHomes>();
        await open.OpenedAsync(new OpenHome(s_ann, 1, now - Homes.StaysOpen - TimeSpan.FromMinutes(1)), Cancellation);
        await open.OpenedAsync(new OpenHome(s_bob, 1, now - Homes.StaysOpen + TimeSpan.FromMinutes(5)), Cancellation);
        await Homes.StartAsync(Cancellation);
        Assert.Equal("bob: Nothing waits for you", await _wall.NextAsync());
        await ProposeAsync();
        Homes.Renew();
        Assert.Equal("bob: One decision waits for you", await _wall.NextAsync());
    }

    private async Task ProposeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var reviews = _services.GetRequiredService<IReviews>();
        var review = new ReviewRecord(ShortId.New(), new Inquiry(null, "p", ReviewWindow.Default), "wall:ann", new PostedMessage(new Conversation("wall", "hall"), "1"), ReviewState.Waiting, now);
        await reviews.AddAsync(review, new AuditEntry(now, "wall:ann", "asked", review.Id, null, "p", ""), Cancellation);
        var trim = new Trim("key", TrimKind.DetachPolicy, "Detach", [], [], "", [], [], new Risk(RiskGrade.Low, []), null, new TrimBasis([], [], ""));
        var proposal = new Proposal(ShortId.New(), review.Id, new ReviewSubject.OfPolicy("arn:aws:iam::123456789012:policy/p"), trim, ProposalState.Proposed, 1, "wall:ann", now, now.AddDays(7));
        await reviews.AnswerAsync(review with { State = ReviewState.Answered }, [new ProposalChange(null, proposal, null)], null, Cancellation);
    }

    /// <summary>Tells whose Home is about to be drawn.</summary>
    private sealed class Read(IOpenHomes inner, ChannelWriter<string> read) : IOpenHomes
    {
        public Task OpenedAsync(OpenHome home, CancellationToken cancellation) => inner.OpenedAsync(home, cancellation);

        public async Task<OpenHome?> FindAsync(Person person, CancellationToken cancellation)
        {
            read.TryWrite(person.Id);
            return await inner.FindAsync(person, cancellation);
        }

        public Task<IReadOnlyList<OpenHome>> SinceAsync(DateTimeOffset moment, int most, CancellationToken cancellation) => inner.SinceAsync(moment, most, cancellation);

        public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellation) => inner.ForgetAsync(before, cancellation);
    }

    /// <summary>A platform whose Homes hang on one wall.</summary>
    private sealed class Wall : IHomeSurface
    {
        private readonly Channel<string> _shown = Channel.CreateUnbounded<string>();

        public string Name => "wall";

        /// <summary>What the next showings come to; after them, every one is done at once.</summary>
        public ConcurrentQueue<Task<bool>> Answers { get; } = [];

        public Task<bool> ShowAsync(Person person, Card card, CancellationToken cancellation)
        {
            _shown.Writer.TryWrite($"{person.Id}: {card.Title}");
            return Answers.TryDequeue(out var answer) ? answer : Task.FromResult(true);
        }

        public async Task<string> NextAsync() => await _shown.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }
}
