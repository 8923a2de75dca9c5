using System.Text.Json.Nodes;
using LastAccessedBot.Tests.Surfaces.Slack.Install;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using static LastAccessedBot.Tests.EndToEnd.SlackScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Workspaces that install the app themselves, over HTTP, and work with it.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackInstallTests : IAsyncDisposable
{
    private const string Beta = "T0BETA", Channel = "C0BETA", Berta = "U0BERTA", Name = "Beta & <b>Söhne</b>";

    private SlackScene _scene = null!;
    private InstallBrowser _browser = null!;
    private SlackPeople _people = null!;

    private SimulatedSlack Slack => _scene.Slack;

    public async ValueTask DisposeAsync()
    {
        _people.Dispose();
        _browser.Dispose();
        await _scene.DisposeAsync();
    }

    [Fact]
    public async Task From_nothing_to_an_answer_in_the_new_workspace_with_its_own_token()
    {
        await StartAsync();
        Slack.OAuth.Lifetime = TimeSpan.FromHours(12);
        Assert.Contains("I am not installed in this workspace", await ToldInBetaAsync());

        var (status, page, policy) = await _browser.InstallAsync(Slack, Beta, Berta);
        Assert.Equal(200, status);
        Assert.Contains("Beta &amp; &lt;b&gt;S&#xF6;hne&lt;/b&gt;", page);
        Assert.DoesNotContain("<b>", page);
        Assert.Contains("/invite @LastAccessedBot", page);
        Assert.Contains("/unused help", page);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy);
        Assert.Contains("httponly", _browser.SetCookie);
        Assert.Contains("samesite=lax", _browser.SetCookie);

        var card = await _people.AskAsync(Berta, "app-dev", Channel);
        Assert.Contains("services unused", card.Text);
        Assert.All(Slack.Calls.Where(call => call.Method == "chat.postMessage"), call => Assert.Equal($"Bearer {Slack.OAuth.TokenOf(Beta)}", call.Caller));
        Assert.Equal([("installed", $"slack:{Beta}/{Berta}")], (await _scene.Scene.RecordAboutAsync(Beta)).Select(entry => (entry.Event, entry.Actor)));

        await _browser.InstallAsync(Slack, Beta, Berta);
        Assert.Equal(["installed", "reinstalled"], (await _scene.Scene.RecordAboutAsync(Beta)).Select(entry => entry.Event));
        AssertNoSecretIsSeen();
    }

    [Fact]
    public async Task The_workspace_of_the_setting_and_an_installed_one_live_side_by_side_and_the_setting_wins_in_its_own()
    {
        await StartAsync(("Slack__BotToken", SimulatedSlack.BotToken));
        await _browser.InstallAsync(Slack, Beta, Berta);
        await _browser.InstallAsync(Slack, SimulatedSlack.Team, Paulo);
        await _people.AskAsync(Berta, "app-dev", Channel);
        Assert.Equal($"Bearer {Slack.OAuth.TokenOf(Beta)}", Slack.Calls.Last(call => call.Method == "chat.postMessage").Caller);
        await _scene.People.AskAsync(Paulo, "app-dev");
        Assert.Equal($"Bearer {SimulatedSlack.BotToken}", Slack.Calls.Last(call => call.Method == "chat.postMessage").Caller);
    }

    [Fact]
    public async Task A_state_that_is_missing_foreign_or_used_installs_nothing_and_the_page_says_what_to_do()
    {
        await StartAsync();
        var back = Slack.OAuth.Consent(await _browser.BeginAsync(), Beta, Berta);
        var own = _browser.Cookie;
        using var other = new InstallBrowser(_scene.Scene.Bot.Address);
        var others = Slack.OAuth.Consent(await other.BeginAsync(), Beta, Berta);
        foreach (var (cookie, address) in new[]
        {
            (null, back), (own, others), (other.Cookie, back), (own, new Uri(back.ToString().Split("&state=")[0])), (own, new Uri(back + "x")),
            ("lastaccessedbot-slack-install=", new Uri(back.ToString().Split("&state=")[0] + "&state=")),
        })
        {
            _browser.Cookie = cookie;
            var (status, page, _) = await _browser.FinishAsync(address);
            Assert.Equal(400, status);
            Assert.Contains("start again from the install page", page);
            Assert.Contains("href=\"http://127.0.0.1:3978/slack/install\"", page);
        }
        Assert.Empty(Slack.Calls);

        _browser.Cookie = own;
        Assert.Equal(200, (await _browser.FinishAsync(back)).Status);
        Assert.Equal(400, (await _browser.FinishAsync(back)).Status);
        Assert.Single(Slack.Calls);
        Assert.Single(await _scene.Scene.RecordAboutAsync(Beta));
    }

    [Fact]
    public async Task What_Slack_or_the_person_refuses_is_said_on_the_page_and_not_stored()
    {
        await StartAsync();
        var consent = await _browser.BeginAsync();
        var (status, page, _) = await _browser.FinishAsync(OAuthServer.Decline(consent));
        Assert.Equal(200, status);
        Assert.Contains("said no", page);

        var back = Slack.OAuth.Consent(await _browser.BeginAsync(), Beta, Berta);
        (status, page, _) = await _browser.FinishAsync(new Uri(back.ToString().Replace("code=code", "code=other", StringComparison.Ordinal)));
        Assert.Equal(400, status);
        Assert.Contains("<code>invalid_code</code>", page);

        Slack.OAuth.IsForOrganization = true;
        (status, page, _) = await _browser.InstallAsync(Slack, Beta, Berta);
        Assert.Equal(400, status);
        Assert.Contains("whole organization", page);

        Slack.OAuth.IsForOrganization = false;
        Slack.Faults.Lost["oauth.v2.access"] = 1;
        (status, page, _) = await _browser.InstallAsync(Slack, Beta, Berta);
        Assert.Equal(502, status);
        Assert.Contains("Start again", page);
        Assert.Empty(await _scene.Scene.RecordAboutAsync(Beta));
        Assert.Contains("I am not installed in this workspace", await ToldInBetaAsync());
        AssertNoSecretIsSeen();
    }

    [Fact]
    public async Task A_token_that_expires_under_the_bots_hands_is_renewed_once_and_the_command_is_obeyed()
    {
        await StartAsync();
        Slack.OAuth.Lifetime = TimeSpan.FromHours(12);
        await _browser.InstallAsync(Slack, Beta, Berta);
        Slack.OAuth.Refuse(Beta, "token_expired");
        await _people.AskAsync(Berta, "app-dev", Channel);
        Assert.Equal(1, Slack.OAuth.Renewals);
        Assert.Single(Slack.Posts);
        Assert.Single(Slack.Calls, call => call.Error == "token_expired");
        AssertNoSecretIsSeen();
    }

    [Fact]
    public async Task A_workspace_that_removed_the_app_is_foreign_at_once_and_is_served_again_when_it_installs_it_anew()
    {
        await StartAsync();
        await _browser.InstallAsync(Slack, Beta, Berta);
        var card = await _people.AskAsync(Berta, "app-dev", Channel);
        Slack.OAuth.Refuse(Beta, "account_inactive");
        Assert.Contains("I am not installed in this workspace", await ToldInBetaAsync());
        Assert.Equal(["installed", "uninstalled"], (await _scene.Scene.RecordAboutAsync($"Slack workspace {Beta}")).Select(entry => entry.Event));
        Assert.Single(Slack.Calls, call => call.Error == "account_inactive");

        await _browser.InstallAsync(Slack, Beta, Berta);
        await _people.PressAsync(Berta, card, SlackPeople.ButtonOf(card, "Detach App-Dev-ElasticTranscoder from group app-dev", "Details"));
        await Slack.WhenAsync(() => Slack.OpenViews.ContainsKey("last"), "the card from before works again");
    }

    [Fact]
    public async Task Slack_tells_when_the_app_is_taken_away_and_its_tokens_are_deleted()
    {
        await StartAsync();
        await _browser.InstallAsync(Slack, Beta, Berta);
        var removed = SlackPeople.Event(new JsonObject { ["type"] = "app_uninstalled" }, team: Beta);
        for (var delivery = 0; delivery < 2; delivery++) Assert.Equal(new SlackAnswer(200, ""), await _people.DeliverAsync("events_api", removed));
        await _scene.Scene.Bot.WhenLoggedAsync($"no longer installed in Slack workspace {Beta}", 1);
        Assert.Contains("I am not installed in this workspace", await ToldInBetaAsync());
        Assert.Equal(["installed", "uninstalled"], (await _scene.Scene.RecordAboutAsync($"Slack workspace {Beta}")).Select(entry => entry.Event));
    }

    [Fact]
    public async Task What_was_approved_is_carried_out_though_the_workspace_removes_the_app_the_next_moment()
    {
        const string Title = "Detach App-Dev-ElasticTranscoder from group app-dev";
        await StartAsync(("Approvals__Admins__4", $"slack:{Beta}/{Berta}"));
        await _browser.InstallAsync(Slack, Beta, Berta);
        var card = await _people.AskAsync(Berta, "app-dev", Channel);
        Slack.OAuth.Refuse(Beta, "account_inactive");
        Assert.Contains("I am not installed", (await _people.ToldAsync(Berta, card, SlackPeople.ButtonOf(card, Title, "Approve"))).Text);
        await _scene.Scene.WhenShownAsync(card.Ts);
        Assert.Equal(["DetachGroupPolicy"], _scene.Scene.Writes);
    }

    [Fact]
    public async Task A_workspace_that_the_settings_do_not_name_is_told_so_and_stays_foreign()
    {
        await StartAsync(("Slack__Workspaces__0", SimulatedSlack.Team));
        var (status, page, _) = await _browser.InstallAsync(Slack, Beta, Berta);
        Assert.Equal(400, status);
        Assert.Contains("Slack:Workspaces", page);
        Assert.Contains("I am not installed in this workspace", await ToldInBetaAsync());
        Assert.Equal(200, (await _browser.InstallAsync(Slack, SimulatedSlack.Team, Paulo)).Status);
    }

    private async Task StartAsync(params (string Name, string Value)[] also)
    {
        _scene = await SlackScene.StartAsync(WayIn.Http, settings:
        [
            ("Slack__BotToken", ""), ("Slack__ClientId", OAuthServer.ClientId), ("Slack__ClientSecret", OAuthServer.ClientSecret), ("Slack__PublicUrl", "http://127.0.0.1:3978"),
            .. also,
        ]);
        Slack.OAuth.Open(Beta, Name, Channel, Berta, "Berta Beta");
        _browser = new InstallBrowser(_scene.Scene.Bot.Address);
        _people = new SlackPeople(Slack, _scene.Scene.Bot.Address) { Team = Beta };
    }

    /// <summary>Asks for something that needs a token; what the typist alone is told.</summary>
    private async Task<string> ToldInBetaAsync()
    {
        var before = Slack.SeenBy(Berta, Channel).Count(post => post.OnlyFor == Berta);
        Assert.Equal(new SlackAnswer(200, ""), await _people.TypeAsync(Berta, "app-dev", Channel));
        await Slack.WhenAsync(() => Slack.SeenBy(Berta, Channel).Count(post => post.OnlyFor == Berta) > before, "the typist is told something");
        return Slack.SeenBy(Berta, Channel).Last(post => post.OnlyFor == Berta).Text;
    }

    private void AssertNoSecretIsSeen()
    {
        var files = Directory.EnumerateFiles(_scene.Scene.Folder, "*", SearchOption.AllDirectories).Select(SecretsInFiles.Read).Append(_scene.Scene.Bot.Log).ToArray();
        Assert.All(Slack.OAuth.Secrets, secret => Assert.DoesNotContain(files, text => text.Contains(secret, StringComparison.Ordinal)));
    }
}
