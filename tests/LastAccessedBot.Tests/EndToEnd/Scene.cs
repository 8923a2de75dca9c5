using System.Collections.Immutable;
using LastAccessedBot.Aws;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Sandbox.Faults;
using LastAccessedBot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>An account within the test, a host as a process that works on it, and the folder that the host keeps its state in.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Paulo = "paulo-santos", Martha = "martha-rivera", Nikhil = "nikhilj", Maria = "maria-garcia";

    private Scene(SandboxServer aws, string folder, Dictionary<string, string?> settings)
    {
        (Aws, Folder, Settings) = (aws, folder, settings);
        var options = new AwsOptions { Endpoint = aws.Address.ToString(), AccessKeyId = "test", SecretAccessKey = "test" };
        Somebody = new IamClient(new WireClient(AwsService.Iam, options, new CallBudget(null, 4)));
    }

    public SandboxServer Aws { get; }

    public BotProcess Bot { get; private set; } = null!;

    public string Folder { get; }

    /// <summary>Those of the host, as its environment has them.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>A colleague with the AWS console open: not the bot.</summary>
    public IamClient Somebody { get; }

    /// <summary>The bot's changes that happened, in order; those of the organization by the credentials that it has for that.</summary>
    public IReadOnlyList<string> Writes => [.. Aws.Calls.Writes.Where(call => call.AccessKeyId is "sandbox" or "management").Select(call => call.Operation.Split(':')[1])];

    /// <summary>The account with the texts of all versions of its policies, without ids and numbers, which nothing brings back.</summary>
    public string Account => AccountText.Of(Aws.Account);

    /// <summary>The same without passwords, keys and the like, which nothing brings back.</summary>
    public string AccountWithoutCredentials => string.Join('\n', Account.Split('\n').Where(line => !line.Contains(" credential ", StringComparison.Ordinal)));

    public static async Task<Scene> StartAsync(SandboxAccount? account = null, TimeSpan? reportTime = null, params (string Name, string Value)[] settings)
    {
        var options = new SandboxOptions { Port = 0, ReportTime = reportTime ?? TimeSpan.FromMilliseconds(50) };
        var aws = await SandboxServer.StartAsync(account ?? SandboxAccount.Default(TimeProvider.System), options, TimeProvider.System, TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("last-accessed-bot-e2e-").FullName;
        var all = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Aws__Endpoint"] = aws.Address.ToString(),
            ["Storage__ConnectionString"] = $"Data Source={Path.Combine(folder, "bot.db")}",
            // Whatever day it is.
            ["Sweep__Every"] = "never",
            ["Console__ConnectionString"] = $"Data Source={Path.Combine(folder, "console.db")}",
        };
        foreach (var (person, number) in aws.Account.People.Select((person, number) => (person, number)))
        {
            all[$"Console__People__{number}__Id"] = person.Id;
            all[$"Console__People__{number}__Name"] = person.Name;
            all[$"Console__People__{number}__Title"] = person.Title;
        }
        foreach (var (name, value) in settings) all[name] = value;
        var scene = new Scene(aws, folder, all);
        try
        {
            await scene.StartBotAsync();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    public async Task StartBotAsync() => Bot = await AnotherBotAsync();

    /// <summary>A host beside the first, with the same settings.</summary>
    public Task<BotProcess> AnotherBotAsync() => BotProcess.StartAsync([BotProcess.Dll], Folder, Settings);

    /// <summary>The process dies at once, and another takes its place on the same data.</summary>
    public async Task RestartAsync()
    {
        Bot.Kill();
        await Bot.DisposeAsync();
        await StartBotAsync();
    }

    public async Task<Proposal> ProposalAsync(string id)
    {
        await using var store = new Store(Folder);
        return (await new Proposals(store).FindAsync(id, CancellationToken.None))!;
    }

    /// <summary>Puts more proposals beside one, as a review of many things would.</summary>
    public async Task ProposeAsync(string like, int count, Func<Proposal, int, Proposal> with)
    {
        await using var store = new Store(Folder);
        var one = (await new Proposals(store).FindAsync(like, CancellationToken.None))!;
        var reviews = new Reviews(store);
        var review = (await reviews.FindAsync(one.ReviewId, CancellationToken.None))!;
        await reviews.AnswerAsync(review, [.. Enumerable.Range(0, count).Select(number => new ProposalChange(null, with(one with { Id = ShortId.New() }, number), null))], null, CancellationToken.None);
    }

    /// <summary>The open proposals about a subject, as typed: <c>group app-dev</c>.</summary>
    public async Task<ImmutableArray<Proposal>> OpenAsync(string subject)
    {
        await using var store = new Store(Folder);
        return [.. (await new Proposals(store).InAsync([ProposalState.Proposed], CancellationToken.None)).Where(proposal => proposal.Subject.Words == subject)];
    }

    /// <summary>Time passes for one proposal: it expired a moment ago.</summary>
    public async Task ExpireAsync(string proposalId)
    {
        await using var store = new Store(Folder);
        var (open, now) = ((await new Proposals(store).FindAsync(proposalId, CancellationToken.None))!, TimeProvider.System.GetUtcNow());
        var entry = new AuditEntry(now, "bot", "time-passed", open.ReviewId, open.Id, open.Subject.Words, "by a test");
        Assert.True(await new Proposals(store).MoveAsync(open, open with { ExpiresAt = now.AddSeconds(-1), Revision = open.Revision + 1 }, entry, CancellationToken.None));
    }

    public async Task<ImmutableArray<AuditEntry>> RecordAsync(string proposalId)
    {
        await using var store = new Store(Folder);
        var entries = await new AuditTrail(store).OfProposalAsync(proposalId, CancellationToken.None);
        return [.. entries.Reverse()];
    }

    /// <summary>The newest lines of the record about a subject, the oldest of them first.</summary>
    public async Task<ImmutableArray<AuditEntry>> RecordAboutAsync(string subject)
    {
        await using var store = new Store(Folder);
        var entries = await new AuditTrail(store).ReadAsync(subject, 40, CancellationToken.None);
        return [.. entries.Reverse()];
    }

    public async Task<ImmutableArray<JournalStep>> StepsAsync(string proposalId, string run)
    {
        await using var store = new Store(Folder);
        return await new Journal(store).ReadAsync(proposalId, run, CancellationToken.None);
    }

    /// <summary>How many deliveries of the kind the host took, done or not.</summary>
    public async Task<int> DeliveriesAsync(string kind)
    {
        await using var store = new Store(Folder);
        await using var db = store.CreateDbContext();
        return await db.Deliveries.CountAsync(row => row.Kind == kind);
    }

    /// <summary>Waits until the host has nothing to do for the card any more: it is drawn from today's facts.</summary>
    public async Task WhenShownAsync(string message)
    {
        await using var store = new Store(Folder);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var db = store.CreateDbContext();
            if (await db.ReviewCards.AnyAsync(card => card.Message == message && db.Reviews.Any(row => row.Id == card.ReviewId && row.State == nameof(ReviewState.Answered)), patience.Token)) return;
            await Task.Delay(20, patience.Token);
        }
    }

    public void Fault(Func<FaultSettings, FaultSettings> change) => Aws.Faults.Change(change);

    public async ValueTask DisposeAsync()
    {
        if (Bot is not null) await Bot.DisposeAsync();
        await Aws.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private sealed class Store(string folder) : IDbContextFactory<BotDb>, IAsyncDisposable
    {
        private readonly DbContextOptions<SqliteBotDb> _options = new DbContextOptionsBuilder<SqliteBotDb>().UseSqlite($"Data Source={Path.Combine(folder, "bot.db")};Mode=ReadWrite").Options;

        public BotDb CreateDbContext() => new SqliteBotDb(_options);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>All of an account that trims can touch, and that undo must bring back, as one text.</summary>
internal static class AccountText
{
    public static string Of(SandboxAccount account) => account.Snapshot() + "\n" + account.Read(state => string.Join('\n',
        state.Policies.Values.SelectMany(policy => policy.Versions.Select(version => $"policy {policy.Arn} version: {version.Document.Json}").Order(StringComparer.Ordinal))));

    /// <summary>The default document of a customer managed policy.</summary>
    public static string Document(this SandboxAccount account, string policy) => account.Read(state => state.Policies[policy].Default.Document.Json);

    public static IReadOnlyList<string> Versions(this SandboxAccount account, string policy) => account.Read(state => state.Policies[policy].Versions.Select(version => version.Document.Json).ToArray());
}
