using LastAccessedBot.Aws;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>A channel, an account, and hosts that look what is due when the test says so, by a clock that it sets.</summary>
internal sealed class DigestRoom : IAsyncDisposable
{
    private static readonly string[] s_titles = ["Daily digest", "Weekly digest", "Nothing new"];

    private readonly string _folder = Directory.CreateTempSubdirectory("last-accessed-bot-digests-").FullName;
    private readonly List<MortalHost> _hosts = [];
    private readonly (string Name, string Value)[] _settings;

    private DigestRoom(SandboxServer aws, DateTimeOffset? now, (string Name, string Value)[] settings)
    {
        _settings = settings;
        Aws = aws;
        Clock = new SetClock { Now = now ?? TimeProvider.System.GetUtcNow() };
        Somebody = new IamClient(new WireClient(AwsService.Iam, new AwsOptions { Endpoint = aws.Address.ToString(), AccessKeyId = "test", SecretAccessKey = "test" }, new CallBudget(null, 4)));
    }

    public SandboxServer Aws { get; }

    public SetClock Clock { get; }

    public Platform Platform { get; } = new();

    public MortalHost Host { get; private set; } = null!;

    /// <summary>A colleague with the AWS console open: not the bot.</summary>
    public IamClient Somebody { get; }

    /// <summary>The digests in the channel, the first first.</summary>
    public IReadOnlyList<Card> Digests => [.. Enumerable.Range(1, Platform.Cards.Count).Select(id => Platform.Cards[$"{id}"]).Where(IsDigest)];

    public string NewestId => $"{Platform.Cards.Count}";

    public static bool IsDigest(Card card) => s_titles.Any(title => card.Title.ToString().StartsWith(title, StringComparison.Ordinal));

    public static async Task<DigestRoom> OpenAsync(DateTimeOffset? now = null, params (string Name, string Value)[] settings)
    {
        var aws = await SandboxServer.StartAsync(SandboxAccount.Default(TimeProvider.System), new SandboxOptions { Port = 0, ReportTime = TimeSpan.Zero }, TimeProvider.System, TestContext.Current.CancellationToken);
        var room = new DigestRoom(aws, now, settings);
        room.Host = room.AnotherHost();
        await room.Host.PrepareAsync();
        return room;
    }

    public MortalHost AnotherHost(int? diesAt = null, params (string Name, string Value)[] settings)
    {
        var host = new MortalHost(Path.Combine(_folder, "bot.db"), Aws.Address, Platform, diesAt, Clock, [.. _settings, .. settings]);
        _hosts.Add(host);
        return host;
    }

    public Task SayAsync(string line) => Host.SayAsync("paulo", line);

    /// <summary>A minute after whatever was last.</summary>
    public Task PressAsync(string person, string message, string choice)
    {
        Clock.Now += TimeSpan.FromMinutes(1);
        return Host.PressAsync(person, message, choice);
    }

    public Task LookAsync(MortalHost? host = null) => (host ?? Host).Get<SendDigests>().RunAsync(CancellationToken.None);

    /// <summary>The clock is set, and a host looks what is due.</summary>
    public Task LookAtAsync(DateTimeOffset moment)
    {
        Clock.Now = moment;
        return LookAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        await Aws.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The time of day as it is set; waits are as long as ever.</summary>
    internal sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
