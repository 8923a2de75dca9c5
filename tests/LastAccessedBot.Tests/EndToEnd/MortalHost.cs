using System.Collections.Concurrent;
using System.Collections.Immutable;
using LastAccessedBot.Aws;
using LastAccessedBot.Commands;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What a host that died throws from then on, whatever it is asked.</summary>
internal sealed class DiedException : Exception;

/// <summary>Counts the points at which a host touches the world: right before each write and right after it. At one of them it may die.</summary>
internal sealed class Life(int? diesAt)
{
    private readonly Lock _gate = new();

    public List<string> Points { get; } = [];

    public bool IsOver { get; private set; }

    public async Task<T> TouchAsync<T>(string what, Func<Task<T>> touch)
    {
        Pass($"before {what}");
        var result = await touch();
        Pass($"after {what}");
        return result;
    }

    public Task TouchAsync(string what, Func<Task> touch) => TouchAsync(what, async () =>
    {
        await touch();
        return true;
    });

    private void Pass(string point)
    {
        lock (_gate)
        {
            if (IsOver) throw new DiedException();
            Points.Add(point);
            IsOver = Points.Count == diesAt;
            if (IsOver) throw new DiedException();
        }
    }
}

/// <summary>What outlives a host: the cards that the chat platform shows.</summary>
internal sealed class Platform
{
    public ConcurrentDictionary<string, Card> Cards { get; } = new();

    /// <summary>What was said to one person alone, to whichever.</summary>
    public List<Card> Told { get; } = [];

    /// <summary>Why a message is not taken; null for one that is.</summary>
    public Func<Exception?> Refusal { get; set; } = () => null;

    public Card Newest => Cards[$"{Cards.Count}"];

    public Platform Copy()
    {
        var copy = new Platform();
        foreach (var (id, card) in Cards) copy.Cards[id] = card;
        return copy;
    }
}

/// <summary>
/// The host's flows and stores in this process, with its real database and AWS client. Every write, to the store, to AWS, to the chat, is a
/// point at which it may die. Its jobs run when the test says so.
/// </summary>
internal sealed class MortalHost : IAsyncDisposable
{
    private static readonly Conversation s_channel = new("chat", "channel");
    private readonly ServiceProvider _services;
    private readonly Queue<(string Kind, string Id)> _jobs = new();

    public MortalHost(string database, Uri aws, Platform platform, int? diesAt = null, TimeProvider? time = null, params (string Name, string Value)[] settings)
    {
        Life = new Life(diesAt);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={database};Pooling=False",
            ["Aws:Endpoint"] = aws.ToString(),
            ["Approvals:Admins:0"] = "chat:paulo",
            ["Approvals:Admins:1"] = "chat:martha",
        }).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value))).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(time ?? TimeProvider.System)
            .AddAws(configuration).AddStorage(configuration).AddFlows(configuration).AddCommands()
            .AddSingleton<IChatSurface>(new Surface(platform, Life))
            .AddSingleton<IBackgroundWork>(new Work(_jobs, Life))
            .AddSingleton<IDirectory>(new Everybody())
            .AddSingleton<IReportLinks>(new NoPages())
            .AddSingleton<IProposals>(provider => new MortalProposals(ActivatorUtilities.CreateInstance<Proposals>(provider), Life))
            .AddSingleton<IReviews>(provider => new MortalReviews(ActivatorUtilities.CreateInstance<Reviews>(provider), Life))
            .AddSingleton<IJournal>(provider => new MortalJournal(ActivatorUtilities.CreateInstance<Journal>(provider), Life))
            .AddSingleton<IAccountEditor>(provider => new MortalEditor(ActivatorUtilities.CreateInstance<AccountEditor>(provider), Life))
            .BuildServiceProvider();
    }

    public Life Life { get; }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task PrepareAsync() => _services.PrepareStorageAsync(CancellationToken.None);

    public async Task SayAsync(string person, string line)
    {
        await Get<IReceiveChat>().ReceiveAsync(new Typed(new Person("chat", person, person), s_channel, line), CancellationToken.None);
        await WorkAsync();
    }

    public async Task PressAsync(string person, string message, string choice, params (string Field, string Given)[] inputs)
    {
        var click = new Click(new Person("chat", person, person), new PostedMessage(s_channel, message), choice) { Inputs = inputs.ToImmutableDictionary(input => input.Field, input => input.Given) };
        await Get<IReceiveChat>().ReceiveAsync(click, CancellationToken.None);
        await WorkAsync();
    }

    /// <summary>What a host does when it starts, and all that follows.</summary>
    public async Task TakeUpAsync()
    {
        await Get<Upkeep>().TakeUpAsync(CancellationToken.None);
        await WorkAsync();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task WorkAsync()
    {
        while (_jobs.TryDequeue(out var job))
        {
            await (job.Kind switch
            {
                "review" => Get<ReviewAccess>().RunAsync(job.Id, CancellationToken.None),
                "apply" => Get<ApplyTrim>().RunAsync(job.Id, CancellationToken.None),
                "sweep" => Get<SweepAccount>().RunAsync(job.Id, CancellationToken.None),
                "undo" => Get<UndoTrim>().RunAsync(job.Id, CancellationToken.None),
                _ => Get<RefreshReview>().RunAsync(job.Id, CancellationToken.None),
            });
        }
    }

    private sealed class Surface(Platform platform, Life life) : IChatSurface
    {
        public string Name => "chat";

        public Task<PostedMessage> PostAsync(Conversation conversation, Card card, CancellationToken cancellation) => life.TouchAsync("a card is posted", () =>
        {
            if (platform.Refusal() is { } refusal) throw refusal;
            var id = $"{platform.Cards.Count + 1}";
            platform.Cards[id] = card;
            return Task.FromResult(new PostedMessage(conversation, id));
        });

        public Task UpdateAsync(PostedMessage message, Card card, CancellationToken cancellation) => life.TouchAsync("a card is replaced", () =>
        {
            platform.Cards[message.Id] = card;
            return Task.CompletedTask;
        });

        public Task TellAsync(Conversation conversation, Person person, Card card, CancellationToken cancellation)
        {
            platform.Told.Add(card);
            return Task.CompletedTask;
        }

        public Task EndPrivatelyAsync(PostedMessage message, Person person, Card card, CancellationToken cancellation)
        {
            platform.Told.Add(card);
            return UpdateAsync(message, card, cancellation);
        }
    }

    private sealed class Work(Queue<(string Kind, string Id)> jobs, Life life) : IBackgroundWork
    {
        public void Review(string reviewId) => Add("review", reviewId);

        public void Apply(string proposalId) => Add("apply", proposalId);

        public void Undo(string proposalId) => Add("undo", proposalId);

        public void Refresh(string reviewId) => Add("refresh", reviewId);

        public void Sweep(string sweepId) => Add("sweep", sweepId);

        public void Deliver(string surface, string key) => throw new NotSupportedException("This chat hands everything over itself.");

        private void Add(string kind, string id)
        {
            if (life.IsOver) throw new DiedException();
            jobs.Enqueue((kind, id));
        }
    }

    /// <summary>Whoever is mentioned is there, under the name that they are mentioned by; `nobody` is not, and `team` is a group.</summary>
    private sealed class Everybody : IDirectory
    {
        public string Surface => "chat";

        public string? NameOf(string id) => id;

        public Task<ImmutableArray<string>?> GroupsOfAsync(string id, IReadOnlyCollection<string> among, CancellationToken cancellation) =>
            Task.FromResult<ImmutableArray<string>?>(id == "guest" ? null : among.Contains("team") && id == "tess" ? ["team"] : ImmutableArray<string>.Empty);

        public Task<Mentioned?> ResolveAsync(Conversation conversation, string mention, CancellationToken cancellation) =>
            Task.FromResult(mention == "nobody" ? null : new Mentioned(new Party($"chat:{mention}", mention), mention == "team"));
    }

    /// <summary>A host without pages.</summary>
    private sealed class NoPages : IReportLinks
    {
        public ReportLink About(string subject, ReviewWindow? window) => throw new NotSupportedException();

        public ReportLink Overview() => throw new NotSupportedException();
    }

    private sealed class MortalProposals(IProposals inner, Life life) : IProposals
    {
        public Task<Proposal?> FindAsync(string id, CancellationToken cancellation) => inner.FindAsync(id, cancellation);

        public Task<ImmutableArray<Proposal>> OfReviewAsync(string reviewId, CancellationToken cancellation) => inner.OfReviewAsync(reviewId, cancellation);

        public Task<ImmutableArray<Proposal>> InAsync(ImmutableArray<ProposalState> states, CancellationToken cancellation) => inner.InAsync(states, cancellation);

        public Task<ImmutableArray<Proposal>> OpenAsync(Concern concern, int most, CancellationToken cancellation) => inner.OpenAsync(concern, most, cancellation);

        public Task<ImmutableArray<Proposal>> DecidedAsync(Concern concern, int most, CancellationToken cancellation) => inner.DecidedAsync(concern, most, cancellation);

        public Task<ImmutableArray<Proposal>> AboutAsync(string subject, int most, CancellationToken cancellation) => inner.AboutAsync(subject, most, cancellation);

        public Task<ImmutableDictionary<string, (int Open, int Removed)>> TalliesAsync(CancellationToken cancellation) => inner.TalliesAsync(cancellation);

        public Task<bool> MoveAsync(Proposal from, Proposal to, AuditEntry entry, CancellationToken cancellation) =>
            life.TouchAsync($"a proposal moves from {from.State} to {to.State}", () => inner.MoveAsync(from, to, entry, cancellation));

        public Task<bool> JoinAsync(ImmutableArray<ProposalChange> parts, Proposal joined, AuditEntry entry, CancellationToken cancellation) =>
            life.TouchAsync("proposals are joined", () => inner.JoinAsync(parts, joined, entry, cancellation));
    }

    private sealed class MortalReviews(IReviews inner, Life life) : IReviews
    {
        public Task AddAsync(ReviewRecord review, AuditEntry entry, CancellationToken cancellation) => life.TouchAsync("a review is added", () => inner.AddAsync(review, entry, cancellation));

        public Task<ReviewRecord?> FindAsync(string id, CancellationToken cancellation) => inner.FindAsync(id, cancellation);

        public Task AnswerAsync(ReviewRecord review, IReadOnlyList<ProposalChange> changes, AuditEntry? entry, CancellationToken cancellation) =>
            life.TouchAsync("a review is answered", () => inner.AnswerAsync(review, changes, entry, cancellation));

        public Task<ImmutableArray<ReviewRecord>> StandingAsync(ReviewSubject subject, ReviewWindow window, Question question, CancellationToken cancellation) => inner.StandingAsync(subject, window, question, cancellation);

        public Task<ReviewRecord?> NewestAsync(string subject, ReviewWindow? window, CancellationToken cancellation) => inner.NewestAsync(subject, window, cancellation);

        public Task JoinAsync(ReviewRecord review, string into, AuditEntry entry, CancellationToken cancellation) => life.TouchAsync("a review joins another", () => inner.JoinAsync(review, into, entry, cancellation));

        public Task ShownAsync(string id, CancellationToken cancellation) => life.TouchAsync("a review is noted as shown", () => inner.ShownAsync(id, cancellation));

        public Task<ImmutableArray<string>> WaitingAsync(CancellationToken cancellation) => inner.WaitingAsync(cancellation);

        public Task<ImmutableArray<string>> NotShownAsync(CancellationToken cancellation) => inner.NotShownAsync(cancellation);
    }

    private sealed class MortalJournal(IJournal inner, Life life) : IJournal
    {
        public Task<ImmutableArray<JournalStep>> ReadAsync(string proposalId, string run, CancellationToken cancellation) => inner.ReadAsync(proposalId, run, cancellation);

        public Task PlanAsync(string proposalId, string run, IReadOnlyList<AccountEdit> edits, CancellationToken cancellation) =>
            life.TouchAsync($"{run} is planned", () => inner.PlanAsync(proposalId, run, edits, cancellation));

        public Task WriteAsync(JournalStep step, AuditEntry entry, CancellationToken cancellation) =>
            life.TouchAsync($"{step.Run} {step.Index + 1} is written as {step.State}", () => inner.WriteAsync(step, entry, cancellation));
    }

    private sealed class MortalEditor(IAccountEditor inner, Life life) : IAccountEditor
    {
        public Task<SubjectState> ReadAsync(EditSubject subject, CancellationToken cancellation) => inner.ReadAsync(subject, cancellation);

        public Task<ImmutableArray<string>> MakeAsync(AccountEdit edit, CancellationToken cancellation) => life.TouchAsync($"AWS is told: {edit.Sentence}", () => inner.MakeAsync(edit, cancellation));
    }
}
