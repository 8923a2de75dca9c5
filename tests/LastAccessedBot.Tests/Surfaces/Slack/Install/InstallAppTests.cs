using System.Text.Json.Nodes;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.Install;
using static LastAccessedBot.Tests.Surfaces.Slack.Install.InstallHost;

namespace LastAccessedBot.Tests.Surfaces.Slack.Install;

/// <summary>What comes back from Slack's consent page.</summary>
public sealed class InstallAppTests : InstallFolder
{
    [Fact]
    public async Task A_person_may_think_for_ten_minutes_and_no_longer()
    {
        Assert.IsType<InstallOutcome.Installed>(await Host.InstallAsync(thinking: InstallApp.StateLives - TimeSpan.FromSeconds(30)));
        var late = Assert.IsType<InstallOutcome.Refused>(await Host.InstallAsync(thinking: InstallApp.StateLives));
        Assert.Contains("too old", late.Why.Message);
        Assert.Single(Slack.Calls);
    }

    [Fact]
    public async Task Of_twenty_who_bring_one_state_at_once_one_installs()
    {
        var app = Host.Get<InstallApp>();
        var state = await app.BeginAsync(CancellationToken.None);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => app.FinishAsync(new InstallCallback(state, state, $"code-{number}", null), CancellationToken.None))));
        Assert.Single(outcomes, outcome => outcome is InstallOutcome.Refused { Why.Message: var message } && message.Contains("invalid_code", StringComparison.Ordinal));
        Assert.Single(Slack.Calls);
    }

    [Fact]
    public void The_consent_page_leads_back_below_the_public_address()
    {
        var page = Host.Get<InstallApp>().ConsentAt("x");
        Assert.StartsWith("https://slack.com/oauth/v2/authorize?client_id=", page.ToString());
        Assert.Contains("redirect_uri=https%3A%2F%2Fbot.example.com%2Fhere%2Fslack%2Foauth", page.AbsoluteUri);
    }

    [Theory]
    [InlineData("team", null)]
    [InlineData("team", """{"id":"../T0BETA"}""")]
    [InlineData("app_id", "\"B0BOT\"")]
    [InlineData("access_token", "7")]
    [InlineData("access_token", "\"secret\"")]
    [InlineData("token_type", "\"user\"")]
    [InlineData("bot_user_id", "\"\"")]
    public async Task An_answer_of_another_shape_installs_nothing(string field, string? value)
    {
        Slack.OAuth.Spoil = answer => answer[field] = value is null ? null : JsonNode.Parse(value);
        Assert.IsType<InstallOutcome.Refused>(await Host.InstallAsync());
        Assert.Null(await Host.Get<IInstallations>().FindAsync("slack", Beta, CancellationToken.None));
        Assert.Empty(await Host.RecordAsync());
    }
}
