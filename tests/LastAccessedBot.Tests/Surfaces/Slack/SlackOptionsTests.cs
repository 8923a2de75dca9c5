using LastAccessedBot.Surfaces.Slack;

namespace LastAccessedBot.Tests.Surfaces.Slack;

/// <summary>What is missing or wrong is said at start, by the name of the setting, and without its value where that is secret.</summary>
public sealed class SlackOptionsTests
{
    [Fact]
    public void A_bot_token_a_client_or_both_are_enough_with_a_way_in()
    {
        Assert.Empty(Problems(new() { SigningSecret = "s", BotToken = "xoxb-1" }));
        Assert.Empty(Problems(new() { SigningSecret = "s", ClientId = "1.2", ClientSecret = "c", PublicUrl = new Uri("https://bot.example.com") }));
        Assert.Empty(Problems(new() { AppToken = "xapp-1", BotToken = "xoxb-1", ClientId = "1.2", ClientSecret = "c", PublicUrl = new Uri("http://localhost:3978/"), Workspaces = ["T1"] }));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Contains("Slack:ClientSecret is missing", Problem(new() { SigningSecret = "s", ClientId = "1.2", PublicUrl = new Uri("https://bot.example.com") }));
        Assert.Contains("Slack:ClientId is missing", Problem(new() { SigningSecret = "s", ClientSecret = "hush", PublicUrl = new Uri("https://bot.example.com") }));
        Assert.Contains("Slack:PublicUrl is missing", Problem(new() { SigningSecret = "s", ClientId = "1.2", ClientSecret = "hush" }));
        Assert.Contains("Slack needs a way in", Problem(new() { ClientId = "1.2", ClientSecret = "hush", PublicUrl = new Uri("https://bot.example.com") }));
        Assert.Contains("Slack:BotToken is missing", Problem(new() { SigningSecret = "hush" }));
    }

    [Theory]
    [InlineData("http://bot.example.com")]
    [InlineData("bot.example.com")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("https://bot.example.com/?x=1")]
    [InlineData("https://me@bot.example.com/")]
    public void A_public_address_that_would_not_do_is_refused(string address) =>
        Assert.Contains("Slack:PublicUrl", Problem(new() { SigningSecret = "hush", ClientId = "1.2", ClientSecret = "hush", PublicUrl = new Uri(address, UriKind.RelativeOrAbsolute) }));

    [Fact]
    public void A_consent_page_without_https_and_a_workspace_that_is_no_id_are_refused()
    {
        SlackOptions With(Uri? authorize = null, params string[] workspaces) => new()
        {
            SigningSecret = "hush",
            ClientId = "1.2",
            ClientSecret = "hush",
            PublicUrl = new Uri("https://bot.example.com"),
            AuthorizeUrl = authorize ?? new Uri("https://slack.com/oauth/v2/authorize"),
            Workspaces = workspaces,
        };
        Assert.Contains("Slack:AuthorizeUrl", Problem(With(new Uri("http://slack.com/oauth/v2/authorize"))));
        Assert.Contains("Slack:Workspaces: `acme`", Problem(With(null, "acme")));
    }

    private static string Problem(SlackOptions options)
    {
        var problem = Assert.Single(Problems(options));
        Assert.DoesNotContain("hush", problem);
        return problem;
    }

    private static IEnumerable<string> Problems(SlackOptions options) => new SlackOptionsCheck().Validate(null, options).Failures ?? [];
}
