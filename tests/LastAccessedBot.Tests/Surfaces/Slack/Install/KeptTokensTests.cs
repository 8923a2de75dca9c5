using System.Text.Json;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using LastAccessedBot.Surfaces.Slack.Events;
using LastAccessedBot.Surfaces.Slack.Install;
using LastAccessedBot.Surfaces.Slack.Payloads;
using Microsoft.EntityFrameworkCore;
using static LastAccessedBot.Tests.Surfaces.Slack.Install.InstallHost;

namespace LastAccessedBot.Tests.Surfaces.Slack.Install;

/// <summary>Tokens at rest, and how they go.</summary>
public sealed class KeptTokensTests : InstallFolder
{
    [Fact]
    public async Task No_file_holds_a_token_or_a_state()
    {
        await Host.InstallAsync();
        Host.Time.By = TimeSpan.FromHours(11);
        await Host.FindAsync();
        var state = await Host.Get<InstallApp>().BeginAsync(CancellationToken.None);
        var files = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(SecretsInFiles.Read).ToArray();
        Assert.Contains(files, text => text.Contains(Beta, StringComparison.Ordinal));
        Assert.Equal(5, Slack.OAuth.Secrets.Count);
        Assert.All(Slack.OAuth.Secrets.Append(state), secret => Assert.DoesNotContain(files, text => text.Contains(secret, StringComparison.Ordinal)));
        Assert.All(Slack.OAuth.Secrets.Append(state), secret => Assert.DoesNotContain(Host.Log.Written, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Another_host_of_the_same_folder_opens_them()
    {
        await Host.InstallAsync();
        Assert.Equal(Slack.OAuth.TokenOf(Beta), (await (await AnotherHostAsync()).FindAsync())!.Token);
    }

    [Fact]
    public async Task Keys_that_are_lost_make_the_workspace_foreign_with_one_line_in_the_log_and_installing_again_mends_it()
    {
        await Host.InstallAsync();
        Directory.Delete(Path.Combine(Folder, "keys"), recursive: true);
        var host = await AnotherHostAsync();
        for (var call = 0; call < 3; call++) Assert.Null(await host.FindAsync());
        Assert.Single(host.Log.Written, line => line.Contains("cannot be decrypted", StringComparison.Ordinal));
        await host.InstallAsync();
        Assert.Equal(Slack.OAuth.TokenOf(Beta), (await host.FindAsync())!.Token);
    }

    [Fact]
    public async Task A_row_that_was_copied_to_another_workspace_opens_nothing_there()
    {
        await Host.InstallAsync();
        await using (var db = await Host.Get<IDbContextFactory<BotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
            await db.Database.ExecuteSqlAsync($"UPDATE Installations SET Tenant = {"T0EVIL"}", TestContext.Current.CancellationToken);
        Assert.Null(await Host.Get<InstalledWorkspaces>().FindAsync("T0EVIL", CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"type":"app_uninstalled"}""", "uninstalled the app")]
    [InlineData("""{"type":"tokens_revoked","tokens":{"oauth":[],"bot":["U0BOT"]}}""", "revoked the bot's token")]
    public async Task An_event_that_ends_the_installation_deletes_the_tokens_and_stays_on_record(string happened, string why)
    {
        await Host.InstallAsync();
        await Host.Get<IHandleEvents>().HandleAsync(Event(happened), Host.Time.GetUtcNow(), CancellationToken.None);
        Assert.Null(await Host.FindAsync());
        var entry = (await Host.RecordAsync())[^1];
        Assert.Equal(("uninstalled", "bot"), (entry.Event, entry.Actor));
        Assert.Contains(why, entry.Detail);
        // Slack tells it by both events, and each more than once.
        await Host.Get<IHandleEvents>().HandleAsync(Event(happened), Host.Time.GetUtcNow(), CancellationToken.None);
        Assert.Equal(2, (await Host.RecordAsync()).Length);
        await Host.InstallAsync();
        Assert.Equal(Slack.OAuth.TokenOf(Beta), (await Host.FindAsync())!.Token);
    }

    [Fact]
    public async Task An_event_from_before_the_last_installation_leaves_it()
    {
        await Host.InstallAsync();
        await Host.Get<IHandleEvents>().HandleAsync(Event("""{"type":"app_uninstalled"}""", secondsAgo: 5), Host.Time.GetUtcNow(), CancellationToken.None);
        Assert.NotNull(await Host.FindAsync());
    }

    [Fact]
    public async Task Tokens_whose_keys_are_lost_are_deleted_as_well()
    {
        await Host.InstallAsync();
        Directory.Delete(Path.Combine(Folder, "keys"), recursive: true);
        var host = await AnotherHostAsync();
        await host.Get<IHandleEvents>().HandleAsync(Event("""{"type":"app_uninstalled"}"""), host.Time.GetUtcNow(), CancellationToken.None);
        Assert.Null(await host.Get<IInstallations>().FindAsync("slack", Beta, CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"type":"tokens_revoked","tokens":{"oauth":["U0BERTA"],"bot":[]}}""")]
    [InlineData("""{"type":"tokens_revoked","tokens":"all"}""")]
    [InlineData("""{"type":"tokens_revoked"}""")]
    public async Task The_tokens_of_people_are_none_of_the_bots(string happened)
    {
        await Host.InstallAsync();
        await Host.Get<IHandleEvents>().HandleAsync(Event(happened), Host.Time.GetUtcNow(), CancellationToken.None);
        Assert.NotNull(await Host.FindAsync());
    }

    private SlackEvent Event(string happened, int secondsAgo = 0) => SlackEvent.Read(JsonDocument.Parse(
        $$"""{"type":"event_callback","team_id":"{{Beta}}","event_id":"Ev1","event_time":{{Host.Time.GetUtcNow().ToUnixTimeSeconds() - secondsAgo}},"event":{{happened}}}""").RootElement)!;
}
