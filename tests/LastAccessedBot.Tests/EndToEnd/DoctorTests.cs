using System.Text.Json;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Surfaces.Slack.Web;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using LastAccessedBot.Tests.Surfaces.Teams;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary><c>/unused doctor</c>, on a host at work.</summary>
[Collection(nameof(EndToEnd))]
public sealed class DoctorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_the_sandbox_all_is_well_and_only_the_asker_is_told()
    {
        await using var scene = await StartAsync();
        var told = Assert.Single(await scene.Bot.SayAsync(Paulo, "/unused doctor"));
        Assert.Equal(Paulo, told.OnlyFor);
        var text = told.Card!.Text();
        Assert.True(told.Card!.Tone == Tone.Good, text);
        Assert.Equal(["AWS: well", "Store: well", "Jobs: well", "References: well"], told.Card!.Sections().Select(section => section.Title.ToString()));
        Assert.Contains("AWS knows the bot in account 123456789012 as arn:aws:", text);
        Assert.Contains("The bot's clock goes with AWS's", text);
        Assert.Empty(scene.Writes);
    }

    [Fact]
    public async Task Whoever_is_no_admin_is_told_who_is()
    {
        await using var scene = await StartAsync();
        var text = (await DoctorAsync(scene, Nikhil)).Text();
        Assert.DoesNotContain("arn:aws", text);
        Assert.Contains("Paulo Santos", text);
        Assert.Contains("AWS", text);
    }

    [Fact]
    public async Task Missing_actions_and_throttles_are_named_until_they_are_over()
    {
        await using var scene = await StartAsync();
        scene.Fault(faults => faults with { AccessDenied = ["iam:ListAttachedGroupPolicies"], ThrottleNext = faults.ThrottleNext.SetItem("iam:ListUsers", 1) });
        // No probe asks for this one: the refusal is remembered.
        await scene.Bot.AskAsync(Maria, "/unused app-dev");
        scene.Fault(faults => faults with { AccessDenied = ["iam:ListAttachedGroupPolicies", "iam:ListRoles", "organizations:ListRoots"] });
        var card = await DoctorAsync(scene, Paulo);
        var text = card.Text();
        Assert.Equal(Tone.Bad, card.Tone);
        Assert.Contains("The bot itself may not do iam:ListRoles", text);
        Assert.Contains("The bot itself may not do iam:ListAttachedGroupPolicies", text);
        Assert.Contains("The bot itself may not do organizations:ListRoots", text);
        Assert.Contains("let the bot's role have that action", text);
        Assert.Contains("AWS throttled IAM.ListUsers once", text);

        scene.Fault(faults => faults with { AccessDenied = [] });
        await scene.Bot.AskAsync(Maria, "/unused app-dev");
        text = (await DoctorAsync(scene, Paulo)).Text();
        Assert.DoesNotContain("may not do", text);
        Assert.Contains("AWS throttled IAM.ListUsers once", text);
    }

    [Theory]
    [InlineData(-2, Tone.Caution, "The bot's clock is 2 minutes ahead of AWS's")]
    [InlineData(9, Tone.Bad, "The bot's clock is 9 minutes behind AWS's")]
    public async Task A_wrong_clock_is_told(int minutes, Tone tone, string sentence)
    {
        await using var scene = await StartAsync(SandboxAccount.Default(new Elsewhere(TimeSpan.FromMinutes(minutes))));
        var card = await DoctorAsync(scene, Paulo);
        Assert.True(card.Tone == tone, card.Text());
        Assert.Contains(sentence, card.Text());
    }

    [Fact]
    public async Task Without_AWS_the_card_says_so_and_the_rest_is_well()
    {
        await using var scene = await StartAsync();
        await scene.Aws.DisposeAsync();
        var card = await DoctorAsync(scene, Paulo);
        Assert.StartsWith("AWS: ", card.Sections().First().Title.ToString(), StringComparison.Ordinal);
        Assert.Equal(Tone.Bad, card.Sections().First().Tone);
        Assert.Equal(["Store: well", "Jobs: well"], card.Sections().Select(section => section.Title.ToString()).Where(title => title.EndsWith(": well", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_about_something_that_is_gone_is_named_with_the_command_that_ends_it()
    {
        await using var scene = await StartAsync(settings: ("Approvals__Owners__group never-was__0", "console:maria-garcia"));
        await scene.Somebody.CreateGroupAsync("soon-gone", "/", Cancellation);
        await scene.Bot.AskAsync(Paulo, "/unused subscribe group soon-gone");
        await scene.Bot.AskAsync(Paulo, "/unused subscribe ou Development");
        await scene.Bot.AskAsync(Paulo, "/unused keep group soon-gone 90d it runs in December");
        await scene.Bot.AskAsync(Paulo, "/unused owner group soon-gone add @maria-garcia");
        await scene.Somebody.DeleteGroupAsync("soon-gone", Cancellation);
        var card = await DoctorAsync(scene, Paulo);
        var text = card.Text();
        Assert.True(card.Tone == Tone.Caution, text);
        Assert.Contains("group soon-gone does not exist, and a digest about it goes to a conversation on console; /unused unsubscribe group soon-gone, typed there, ends it.", text);
        Assert.Matches("group soon-gone does not exist, and keep ([A-Z0-9]+) is about it; /unused unkeep \\1 ends it\\.", text);
        Assert.Contains("group soon-gone does not exist, and María García are its owners; whatever is made under that name", text);
        Assert.Contains("group never-was does not exist, and Approvals:Owners names it; take it out of the settings.", text);
        Assert.DoesNotContain("about ou ", text);

        await scene.Bot.SayAsync(Paulo, "/unused unsubscribe group soon-gone");
        Assert.DoesNotContain("a digest about it", (await DoctorAsync(scene, Paulo)).Text());
    }

    [Fact]
    public async Task Every_account_says_as_whom_it_knows_the_bot_and_one_that_does_not_names_the_role()
    {
        await using var scene = await StartAsync(settings: TwoAccounts.Environment());
        var text = (await DoctorAsync(scene, Paulo)).Text();
        Assert.Contains("AWS knows the bot in account 123456789012, production, as arn:aws:", text);
        Assert.Contains($"AWS knows the bot in account {TwoAccounts.ShopId}, shop, as arn:aws:sts::{TwoAccounts.ShopId}:assumed-role/LastAccessedBotMember/", text);

        await using var stranger = await StartAsync(settings: TwoAccounts.Environment(externalId: "another"));
        var card = await DoctorAsync(stranger, Paulo);
        Assert.Equal(Tone.Bad, card.Tone);
        Assert.Contains(TwoAccounts.ShopRole, card.Text());
    }

    [Fact]
    public async Task A_scope_that_Slack_did_not_grant_is_named_and_the_host_is_degraded()
    {
        await using var scene = await SlackScene.StartAsync();
        scene.Slack.Scopes = [.. SlackMethod.Scopes.Except(["files:write"])];
        var answer = (await scene.People.AskAsync(SlackScene.Paulo, "doctor")).ToString();
        Assert.Contains("only for " + SlackScene.Paulo, answer);
        Assert.Contains("The bot lacks `files:write` in `Acme`", answer);
        Assert.Equal("degraded", await HealthAsync(scene.Scene, "slack"));
        Assert.DoesNotContain(SimulatedSlack.BotToken, answer);
    }

    [Fact]
    public async Task A_token_that_Slack_refuses_is_told_to_readiness()
    {
        await using var scene = await SlackScene.StartAsync();
        scene.Slack.Faults.Refused["auth.test"] = (100, "invalid_auth");
        Assert.Equal("degraded", await HealthAsync(scene.Scene, "slack"));
    }

    [Fact]
    public async Task In_Slack_all_is_well()
    {
        await using var scene = await SlackScene.StartAsync();
        var answer = (await scene.People.AskAsync(SlackScene.Paulo, "doctor")).ToString();
        Assert.Contains("Slack knows the bot in `Acme`", answer);
        Assert.Contains($"The bot has all {SlackMethod.Scopes.Count} scopes", answer);
        Assert.Equal("healthy", await HealthAsync(scene.Scene, "slack"));
        // Probes do not hammer: twice within a minute is once.
        var calls = scene.Slack.Calls.Count(call => call.Method == "auth.test");
        await HealthAsync(scene.Scene, "slack");
        Assert.Equal(calls, scene.Slack.Calls.Count(call => call.Method == "auth.test"));
    }

    [Theory]
    [InlineData(null, "healthy")]
    [InlineData("not-the-secret", "degraded")]
    public async Task Whether_Teams_gives_tokens_is_told_to_readiness(string? secret, string health)
    {
        await using var scene = await TeamsScene.StartAsync(settings: secret is null ? [] : [("Teams__AppPassword", secret)]);
        Assert.Equal(health, await HealthAsync(scene.Scene, "teams"));
    }

    private static async Task<Card> DoctorAsync(Scene scene, string user) => Assert.Single(await scene.Bot.SayAsync(user, "/unused doctor")).Card!;

    private static async Task<string?> HealthAsync(Scene scene, string part)
    {
        using var health = JsonDocument.Parse(await scene.Bot.Http.GetStringAsync("/health/ready", Cancellation));
        return health.RootElement.GetProperty("parts").GetProperty(part).GetString();
    }

    /// <summary>A clock that goes as this one, and is off.</summary>
    private sealed class Elsewhere(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }
}
