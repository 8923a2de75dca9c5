using System.Diagnostics;
using LastAccessedBot.Aws;
using LastAccessedBot.Commands;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Benchmarks;

/// <summary>How long a review of a large group takes beside the report itself, where every answer of AWS takes its time, and which calls it makes.</summary>
public static class GroupReview
{
    private static readonly TimeSpan s_reportTime = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(int members, int policies, int latencyMilliseconds, TextWriter output)
    {
        await using var sandbox = await SandboxServer.StartAsync(
            GeneratedAccount.Team(members, policies, TimeProvider.System), new SandboxOptions { Port = 0, ReportTime = s_reportTime }, TimeProvider.System, CancellationToken.None);
        sandbox.Faults.Change(faults => faults with { LatencyMilliseconds = latencyMilliseconds });
        var lastPoll = 0L;
        sandbox.Faults.Watcher = call =>
        {
            if (call.Operation == "iam:GetServiceLastAccessedDetails") Volatile.Write(ref lastPoll, Stopwatch.GetTimestamp());
            return Task.CompletedTask;
        };
        var folder = Directory.CreateTempSubdirectory("last-accessed-bot-group-");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Aws:Endpoint"] = sandbox.Address.ToString(),
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder.FullName, "bot.db")};Pooling=False",
        }).Build();
        var (work, screen) = (new Work(), new Screen());
        await using (var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddAws(configuration).AddStorage(configuration).AddFlows(configuration).AddCommands()
            .AddSingleton<IChatSurface>(screen).AddSingleton<IBackgroundWork>(work).AddSingleton<IReportLinks>(new NoPages()).BuildServiceProvider())
        {
            await services.PrepareStorageAsync(CancellationToken.None);
            foreach (var command in new[] { "/unused group generated", "/unused group generated", "/unused members group generated" })
            {
                sandbox.Calls.Clear();
                var started = Stopwatch.GetTimestamp();
                await services.GetRequiredService<IReceiveChat>().ReceiveAsync(new Typed(new Person("screen", "paulo", "Paulo"), new Conversation("screen", "one"), command), CancellationToken.None);
                await services.GetRequiredService<ReviewAccess>().RunAsync(work.Asked!, CancellationToken.None);
                Tell(command, Stopwatch.GetElapsedTime(started), Stopwatch.GetElapsedTime(Volatile.Read(ref lastPoll)), sandbox, screen.Last!, output);
            }
        }
        folder.Delete(recursive: true);
    }

    private static void Tell(string command, TimeSpan took, TimeSpan afterReport, SandboxServer sandbox, Card card, TextWriter output)
    {
        var calls = sandbox.Calls.All;
        output.WriteLine($"{command}: {took.TotalSeconds:F2} s, of which AWS takes {s_reportTime.TotalSeconds:F0} s for a report; the card {afterReport.TotalSeconds:F2} s after the last poll; {calls.Count} calls: `{card.Title}`");
        foreach (var operation in calls.GroupBy(call => call.Operation).OrderByDescending(same => same.Count())) output.WriteLine($"    {operation.Count(),5}  {operation.Key}");
    }

    private sealed class NoPages : IReportLinks
    {
        public ReportLink About(string subject, ReviewWindow? window) => throw new NotSupportedException();

        public ReportLink Overview() => throw new NotSupportedException();
    }

    private sealed class Work : IBackgroundWork
    {
        public string? Asked { get; private set; }

        public void Review(string reviewId) => Asked = reviewId;

        public void Apply(string proposalId) => throw new NotSupportedException("Nothing is approved here.");

        public void Undo(string proposalId) => throw new NotSupportedException("Nothing is undone here.");

        public void Deliver(string surface, string key) => throw new NotSupportedException("Nothing is delivered here.");

        public void Refresh(string reviewId) => throw new NotSupportedException("Nothing changes here.");

        public void Sweep(string sweepId) => throw new NotSupportedException("Nothing is swept here.");
    }

    private sealed class Screen : IChatSurface
    {
        public Card? Last { get; private set; }

        public string Name => "screen";

        public Task<PostedMessage> PostAsync(Conversation conversation, Card card, CancellationToken cancellation) => Task.FromResult(new PostedMessage(conversation, "1"));

        public Task UpdateAsync(PostedMessage message, Card card, CancellationToken cancellation)
        {
            Last = card;
            return Task.CompletedTask;
        }

        public Task TellAsync(Conversation conversation, Person person, Card card, CancellationToken cancellation) => Task.CompletedTask;

        public Task EndPrivatelyAsync(PostedMessage message, Person person, Card card, CancellationToken cancellation) => UpdateAsync(message, card, cancellation);
    }
}
