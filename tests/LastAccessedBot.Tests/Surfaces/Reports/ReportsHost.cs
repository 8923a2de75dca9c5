using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using LastAccessedBot.Surfaces.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.Surfaces.Reports;

/// <summary>A real Kestrel with the reports, a store that a test fills, and a clock that it moves.</summary>
internal sealed class ReportsHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly string _folder;
    private int _number;

    private ReportsHost(WebApplication app, string folder, FakeTimeProvider time)
    {
        (_app, _folder, Time) = (app, folder, time);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public FakeTimeProvider Time { get; }

    public HttpClient Client { get; }

    public IReportLinks Links => _app.Services.GetRequiredService<IReportLinks>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ReportsHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("last-accessed-bot-reports-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "LastAccessedBot", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection([new("Storage:ConnectionString", $"Data Source={Path.Combine(folder, "bot.db")}"), .. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var time = new FakeTimeProvider(Now);
        builder.Services.AddSingleton<TimeProvider>(time).AddStorage(builder.Configuration).AddSingleton<ReadReports>().AddSingleton<IPeople>(new Names());
        builder.AddReports();
        var app = builder.Build();
        app.MapReports();
        await app.Services.PrepareStorageAsync(Cancellation);
        await app.StartAsync(Cancellation);
        return new ReportsHost(app, folder, time);
    }

    /// <summary>Stores an answer, as a review does.</summary>
    public async Task AnswerAsync(AccessReview answer, ImmutableArray<ServiceUsers>? usedBy = null, Question question = Question.Unused, params Proposal[] proposals)
    {
        var reviews = _app.Services.GetRequiredService<IReviews>();
        var message = new PostedMessage(new Conversation("console", "console"), $"{++_number}");
        var review = new ReviewRecord($"R{_number}", new Inquiry(null, answer.Subject.Words, answer.Window, question), "console:paulo", message, ReviewState.Waiting, answer.At);
        await reviews.AddAsync(review, new AuditEntry(answer.At, "console:paulo", "asked", review.Id, null, answer.Subject.Words, ""), Cancellation);
        await reviews.AnswerAsync(review with { State = ReviewState.Answered, Answer = answer, UsedBy = usedBy },
            [.. proposals.Select(proposal => new ProposalChange(null, proposal with { ReviewId = review.Id }, new AuditEntry(proposal.ProposedAt, proposal.RequestedBy, "proposed", review.Id, proposal.Id, proposal.Subject.Words, "")))], null, Cancellation);
    }

    /// <summary>Something happens to a proposal.</summary>
    public async Task MoveAsync(string proposal, ProposalState to, DateTimeOffset at, string by, string what, Func<Proposal, Proposal>? with = null)
    {
        var proposals = _app.Services.GetRequiredService<IProposals>();
        var before = (await proposals.FindAsync(proposal, Cancellation))!;
        var moved = (with ?? (same => same))(before with { State = to, Revision = before.Revision + 1, EndedAt = at });
        Assert.True(await proposals.MoveAsync(before, moved, new AuditEntry(at, by, what, before.ReviewId, before.Id, before.Subject.Words, ""), Cancellation));
    }

    public static ReviewSubject Group(string name) => new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.Group, name));

    public static AccessReview Answer(ReviewSubject subject, DateTimeOffset at, IEnumerable<ServiceLine> services, int days = 90) =>
        new(subject, ((Parsed<ReviewWindow>.Ok)ReviewWindow.Of(days)).Value, at, [.. services], [], [], []);

    public static ServiceLine Line(string service, Verdict verdict, string? name = null, string path = "policy App-Dev") =>
        new(Service(service), name ?? service, verdict, 1, [Core.Cards.Prose.Of($"{path}")]);

    public static ServiceNamespace Service(string name) => ((Parsed<ServiceNamespace>.Ok)ServiceNamespace.Parse(name)).Value;

    public static Proposal Proposal(string id, ReviewSubject subject, string title, DateTimeOffset at, params ImmutableArray<string> removed) => new(
        id, "", subject, new Trim(id, TrimKind.DetachPolicy, title, [], [], "", [], removed, new Risk(RiskGrade.Low, []), null, new TrimBasis([], [], "")),
        ProposalState.Proposed, 1, "console:paulo", at, at.AddDays(7));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Names : IPeople
    {
        public string NameOf(string person) => person switch
        {
            "console:paulo" => "Paulo Santos",
            "console:maria" => "María García",
            _ => person,
        };
    }
}
