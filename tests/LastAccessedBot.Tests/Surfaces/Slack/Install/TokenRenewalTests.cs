using System.Text.Json.Nodes;
using LastAccessedBot.Surfaces.Slack;
using LastAccessedBot.Surfaces.Slack.Install;
using LastAccessedBot.Surfaces.Slack.Web;
using static LastAccessedBot.Tests.Surfaces.Slack.Install.InstallHost;

namespace LastAccessedBot.Tests.Surfaces.Slack.Install;

/// <summary>Tokens that expire: one exchange at a time, whatever happens around it.</summary>
public sealed class TokenRenewalTests : InstallFolder
{
    private const string SimulatedUser = "Berta Beta";

    private static readonly TimeSpan s_due = TimeSpan.FromHours(10) + TimeSpan.FromMinutes(5), s_expired = TimeSpan.FromHours(12) + TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_token_is_left_alone_until_two_hours_before_its_end()
    {
        await Host.InstallAsync();
        var first = await Host.FindAsync();
        Host.Time.By = s_due - TimeSpan.FromMinutes(10);
        Assert.Equal(first!.Token, (await Host.FindAsync())!.Token);
        Assert.Equal(0, Slack.OAuth.Renewals);
        Host.Time.By = s_due;
        var renewed = (await Host.FindAsync())!.Token;
        Assert.NotEqual(first.Token, renewed);
        Assert.Equal((Slack.OAuth.TokenOf(Beta), 1), (renewed, Slack.OAuth.Renewals));
    }

    [Fact]
    public async Task Fifty_calls_at_the_same_moment_make_one_exchange()
    {
        await Host.InstallAsync();
        Host.Time.By = s_due;
        var found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Host.FindAsync())));
        Assert.All(found, workspace => Assert.Equal(Slack.OAuth.TokenOf(Beta), workspace!.Token));
        Assert.Equal(1, Slack.OAuth.Renewals);
        Assert.DoesNotContain(Slack.Calls, call => call.Error is not null);
    }

    [Fact]
    public async Task Two_hosts_on_one_store_make_one_exchange_and_both_go_on_with_the_new_token()
    {
        var other = await AnotherHostAsync();
        await Host.InstallAsync();
        Host.Time.By = other.Time.By = s_due;
        var release = new TaskCompletionSource();
        var arrived = Slack.OAuth.Arrived;
        Slack.OAuth.Held = release.Task;
        var finding = Enumerable.Range(0, 20).Select(number => Task.Run(() => (number % 2 == 0 ? Host : other).FindAsync())).ToArray();
        await Slack.WhenAsync(() => Slack.OAuth.Arrived == arrived + 1, "one exchange has come in");
        Assert.DoesNotContain(finding, task => task.IsCompleted);
        release.SetResult();
        Assert.All(await Task.WhenAll(finding), workspace => Assert.Equal(Slack.OAuth.TokenOf(Beta), workspace!.Token));
        Assert.Equal((1, arrived + 1), (Slack.OAuth.Renewals, Slack.OAuth.Arrived));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_break_off_the_exchange()
    {
        await Host.InstallAsync();
        Host.Time.By = s_due;
        var release = new TaskCompletionSource();
        var arrived = Slack.OAuth.Arrived;
        Slack.OAuth.Held = release.Task;
        using var gone = new CancellationTokenSource();
        var hasty = Host.FindAsync(gone.Token);
        var patient = Host.FindAsync();
        await Slack.WhenAsync(() => Slack.OAuth.Arrived == arrived + 1, "the exchange has come in");
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hasty);
        release.SetResult();
        await AssertHasNewestAsync(patient);
    }

    [Fact]
    public async Task The_turn_of_a_host_that_died_ends_by_itself()
    {
        await Host.InstallAsync();
        Host.Time.By = s_due;
        var dead = await AnotherHostAsync();
        dead.Time.By = s_due;
        var found = await dead.Get<KeptTokens>().FindAsync(Beta, CancellationToken.None);
        Assert.True(await dead.Get<KeptTokens>().LeaseAsync(found!, dead.Time.GetUtcNow() + TimeSpan.FromMinutes(1), CancellationToken.None));
        var waiting = Host.FindAsync();
        Assert.Equal(0, Slack.OAuth.Renewals);
        Host.Time.By += TimeSpan.FromMinutes(1);
        await AssertHasNewestAsync(waiting);
        Assert.Equal(1, Slack.OAuth.Renewals);
    }

    [Fact]
    public async Task While_Slack_is_away_the_old_token_serves_and_Slack_is_asked_once_a_minute()
    {
        await Host.InstallAsync();
        var first = (await Host.FindAsync())!.Token;
        Host.Time.By = s_due;
        Slack.Faults.Broken["oauth.v2.access"] = 2;
        for (var call = 0; call < 5; call++) Assert.Equal(first, (await Host.FindAsync())!.Token);
        Assert.Equal(1, Slack.Faults.Broken["oauth.v2.access"]);
        Assert.Contains(Host.Log.Written, line => line.Contains("was not renewed", StringComparison.Ordinal));

        Host.Time.By = s_expired;
        await Assert.ThrowsAsync<SlackUnreachableException>(() => Host.FindAsync());
        await AssertHasNewestAsync(Host.FindAsync());
    }

    [Fact]
    public async Task An_exchange_whose_answer_was_lost_leaves_the_old_token_its_life_and_then_the_workspace_is_foreign()
    {
        await Host.InstallAsync();
        var first = (await Host.FindAsync())!.Token;
        Host.Time.By = s_due;
        Slack.Faults.Lost["oauth.v2.access"] = 1;
        Assert.Equal(first, (await Host.FindAsync())!.Token);
        Host.Time.By += TokenRenewal.PauseAfterFailure;
        Assert.Equal(first, (await Host.FindAsync())!.Token);
        Assert.Contains(Host.Log.Written, line => line.Contains("Install the bot there again before", StringComparison.Ordinal));
        var asked = Slack.Calls.Count;
        Assert.Equal(first, (await Host.FindAsync())!.Token);

        Host.Time.By = s_expired;
        Assert.Null(await Host.FindAsync());
        Assert.Null(await Host.FindAsync());
        Assert.Equal(asked, Slack.Calls.Count);
        Assert.Equal("uninstalled", (await Host.RecordAsync())[^1].Event);

        Host.Time.By = TimeSpan.Zero;
        Assert.IsType<InstallOutcome.Installed>(await Host.InstallAsync());
        await AssertHasNewestAsync(Host.FindAsync());
    }

    [Fact]
    public async Task A_refresh_token_that_Slack_does_not_know_ends_the_installation_once_the_token_has_expired()
    {
        Slack.OAuth.Spoil = answer => answer["refresh_token"] = "xoxe-1-unknown";
        await Host.InstallAsync();
        Host.Time.By = s_expired;
        for (var call = 0; call < 3; call++) Assert.Null(await Host.FindAsync());
        Assert.Single(Slack.Calls, call => call.Error == "invalid_refresh_token");
        Assert.Contains("`invalid_refresh_token`", (await Host.RecordAsync())[^1].Detail);
    }

    [Fact]
    public async Task Settings_that_Slack_refuses_do_not_end_an_installation()
    {
        await Host.InstallAsync();
        Host.Time.By = s_expired;
        Slack.OAuth.Spoil = answer => answer.Remove("access_token");
        await Assert.ThrowsAsync<SlackUnreachableException>(() => Host.FindAsync());
        Assert.Equal(["installed"], (await Host.RecordAsync()).Select(entry => entry.Event));
    }

    [Fact]
    public async Task Calls_that_Slack_refuses_as_expired_by_its_own_clock_are_made_again_with_one_renewed_token()
    {
        await Host.InstallAsync();
        var workspace = (await Host.FindAsync())!;
        Slack.OAuth.Refuse(Beta, "token_expired");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => CallAsync(Host, workspace))));
        Assert.All(answers, answer => Assert.Equal(SimulatedUser, answer));
        Assert.Equal(1, Slack.OAuth.Renewals);
    }

    [Fact]
    public async Task A_call_is_made_again_once_and_not_for_ever()
    {
        await Host.InstallAsync();
        var workspace = (await Host.FindAsync())!;
        Slack.OAuth.Refuse(Beta, "token_expired");
        Slack.OAuth.Spoil = answer => Slack.OAuth.Refuse(Beta, "token_expired");
        var refused = await Assert.ThrowsAsync<SlackRefusedException>(() => CallAsync(Host, workspace));
        Assert.Equal("token_expired", refused.Error);
        Assert.Equal(2, Slack.Calls.Count(call => call.Method == "users.info"));
    }

    [Fact]
    public async Task A_revoked_token_ends_the_installation_unless_there_is_a_newer_one()
    {
        await Host.InstallAsync();
        var before = (await Host.FindAsync())!;
        Slack.OAuth.Refuse(Beta, "token_revoked");
        await Host.InstallAsync();
        Assert.Equal(SimulatedUser, await CallAsync(Host, before));

        var workspace = (await Host.FindAsync())!;
        Slack.OAuth.Refuse(Beta, "token_revoked");
        await Assert.ThrowsAsync<SlackRefusedException>(() => CallAsync(Host, workspace));
        Assert.Null(await Host.FindAsync());
        Assert.Equal(["installed", "reinstalled", "uninstalled"], (await Host.RecordAsync()).Select(entry => entry.Event));
    }

    private async Task AssertHasNewestAsync(Task<Workspace?> finding)
    {
        var found = await finding;
        Assert.Equal(Slack.OAuth.TokenOf(Beta), found!.Token);
    }

    private static async Task<string?> CallAsync(InstallHost host, Workspace workspace)
    {
        var answer = await host.Get<SlackClient>().CallAsync(SlackMethod.UserInfo, workspace, new JsonObject { ["user"] = Berta }, CancellationToken.None);
        return answer.GetProperty("user").GetProperty("profile").GetProperty("real_name").GetString();
    }
}
