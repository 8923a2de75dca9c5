using System.Collections.Immutable;
using LastAccessedBot.Aws;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Tests.Flows;

/// <summary>A platform may forget to ask for the name: a press without it counts for nothing.</summary>
public sealed class TypedNameTests : IAsyncLifetime
{
    private static readonly Person s_ann = new("wall", "ann", "ann");
    private static readonly PostedMessage s_card = new(new Conversation("wall", "hall"), "1");

    private readonly string _folder = Directory.CreateTempSubdirectory("last-accessed-bot-typed-").FullName;
    private readonly Wall _wall = new();
    private readonly Work _work = new();
    private ServiceProvider _services = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "bot.db")}",
            ["Approvals:Admins:0"] = "wall:ann",
        }).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddAws(configuration).AddStorage(configuration).AddFlows(configuration)
            .AddSingleton<IChatSurface>(_wall)
            .AddSingleton<IBackgroundWork>(_work)
            .BuildServiceProvider();
        await _services.PrepareStorageAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_press_without_the_name_or_with_another_approves_nothing()
    {
        var id = await ProposeAsync();
        await PressAsync(id);
        await PressAsync(id, ("name", "Gone"));
        Assert.All(_wall.Told, told => Assert.Contains("Type gone, letter for letter", told));
        Assert.Equal(2, _wall.Told.Count);
        Assert.Empty(_work.Applied);
        Assert.Equal(ProposalState.Proposed, (await _services.GetRequiredService<IProposals>().FindAsync(id, Cancellation))!.State);

        await PressAsync(id, ("name", "gone"));
        Assert.Equal([id], _work.Applied);
        Assert.Equal(ProposalState.Approved, (await _services.GetRequiredService<IProposals>().FindAsync(id, Cancellation))!.State);
    }

    private Task PressAsync(string id, params (string Field, string Text)[] inputs) => _services.GetRequiredService<ReceiveClick>().PressAsync(
        s_ann, s_card.Conversation, s_card, new ChoiceId.OnProposal(Press.Approve, id), inputs.ToImmutableDictionary(input => input.Field, input => input.Text), Cancellation);

    private async Task<string> ProposeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var group = new IdentityRef(IdentityKind.Group, "gone");
        var reviews = _services.GetRequiredService<IReviews>();
        var review = new ReviewRecord(ShortId.New(), new Inquiry("group", "gone", ReviewWindow.Default, Question.Delete), "wall:bob", s_card, ReviewState.Waiting, now);
        await reviews.AddAsync(review, new AuditEntry(now, "wall:bob", "asked", review.Id, null, "gone", ""), Cancellation);
        var trim = new Trim("delete group gone", TrimKind.DeleteGroup, "Delete", [new AccountEdit.DeleteIdentity(group)], [], "", [], [], new Risk(RiskGrade.High, []), null, new TrimBasis([], [], ""));
        var proposal = new Proposal(ShortId.New(), review.Id, new ReviewSubject.OfIdentity(group), trim, ProposalState.Proposed, 1, "wall:bob", now, now.AddDays(7));
        await reviews.AnswerAsync(review with { State = ReviewState.Answered }, [new ProposalChange(null, proposal, null)], null, Cancellation);
        return proposal.Id;
    }

    /// <summary>A platform that shows nothing and hears what people are told.</summary>
    private sealed class Wall : IChatSurface
    {
        public string Name => "wall";

        public List<string> Told { get; } = [];

        public Task<PostedMessage> PostAsync(Conversation conversation, Card card, CancellationToken cancellation) => Task.FromResult(s_card);

        public Task UpdateAsync(PostedMessage message, Card card, CancellationToken cancellation) => Task.CompletedTask;

        public Task TellAsync(Conversation conversation, Person person, Card card, CancellationToken cancellation)
        {
            Told.Add($"{card.Title} {string.Join(' ', card.Blocks.OfType<CardBlock.Paragraph>().Select(block => block.Text))}");
            return Task.CompletedTask;
        }

        public Task EndPrivatelyAsync(PostedMessage message, Person person, Card card, CancellationToken cancellation) => Task.CompletedTask;
    }

    /// <summary>Notes what would be applied.</summary>
    private sealed class Work : IBackgroundWork
    {
        public List<string> Applied { get; } = [];

        public void Review(string reviewId) { }

        public void Apply(string proposalId) => Applied.Add(proposalId);

        public void Undo(string proposalId) { }

        public void Deliver(string surface, string key) { }

        public void Refresh(string reviewId) { }

        public void Sweep(string sweepId) { }
    }
}
