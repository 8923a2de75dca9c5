using System.Text.Json;
using LastAccessedBot.Surfaces.Slack.Payloads;

namespace LastAccessedBot.Tests.Surfaces.Slack;

/// <summary>The line that was meant, out of what Slack sends of a command whose mentions it escapes.</summary>
public sealed class SlashCommandTests
{
    [Theory]
    [InlineData("app-dev 30d", "app-dev 30d")]
    [InlineData("owner app-dev add <@U0ADA|ada lovelace> <@U0BOB>", "owner app-dev add @U0ADA @U0BOB")]
    [InlineData("owner app-dev add <!subteam^S0TEAM|@platform> <!subteam^S0OPS>", "owner app-dev add @S0TEAM|platform @S0OPS|")]
    [InlineData("user <mailto:ada@example.com|ada@example.com>", "user ada@example.com")]
    [InlineData("role <http://deploy.example.com|deploy.example.com>", "role deploy.example.com")]
    [InlineData("keep app-dev 90d see <https://example.com/runbook>", "keep app-dev 90d see https://example.com/runbook")]
    [InlineData("a &lt;b&gt; &amp;amp;", "a <b> &amp;")]
    public void People_become_words_of_their_ids_and_everything_else_is_read_as_it_was_typed(string sent, string line)
    {
        using var payload = JsonDocument.Parse(JsonSerializer.Serialize(new { team_id = "T0ACME", channel_id = "C0DEV", user_id = "U0ADA", user_name = "ada", trigger_id = "1.2", command = "/unused", text = sent }));
        Assert.Equal(line, SlashCommand.Read(payload.RootElement)!.Text);
    }
}
