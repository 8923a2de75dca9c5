using System.Text.Json;
using LastAccessedBot.Surfaces.Teams.Payloads;

namespace LastAccessedBot.Tests.Surfaces.Teams;

/// <summary>The line that was meant, out of what Teams sends.</summary>
public sealed class MentionTextTests
{
    private const string Bot = "28:bot";

    [Theory]
    [InlineData("app-dev", "app-dev")]
    [InlineData("\r\n<at>sweep</at> unused app-dev\r\n", "unused app-dev")]
    [InlineData("<AT>sweep</AT>\u00a0app-dev\u00a0 30d", "app-dev 30d")]
    [InlineData("unused <at>sweep</at> app-dev", "unused app-dev")]
    [InlineData("owner app-dev add <at>Bo</at>", "owner app-dev add @29:bo")]
    [InlineData("a &amp;lt; b", "a &lt; b")]
    [InlineData("app\u2013dev", "app-dev")]
    public void The_mention_of_the_bot_goes_others_become_words_of_their_ids_and_everything_else_stays(string text, string line)
    {
        using var activity = JsonDocument.Parse(JsonSerializer.Serialize(new
        {
            text,
            entities = new object[]
            {
                new { type = "mention", mentioned = new { id = Bot, name = "sweep" }, text = "<at>sweep</at>" },
                new { type = "mention", mentioned = new { id = "29:bo", name = "Bo" }, text = "<at>Bo</at>" },
                new { type = "clientInfo" },
            },
        }));
        Assert.Equal(line, MentionText.Of(activity.RootElement, Bot));
    }

    [Fact]
    public void Where_the_entity_has_no_text_its_name_stands_for_it()
    {
        using var activity = JsonDocument.Parse("""{"text":"<at>Re[named]</at> help","entities":[{"type":"mention","mentioned":{"id":"28:bot","name":"Re[named]"}}]}""");
        Assert.Equal("help", MentionText.Of(activity.RootElement, Bot));
    }
}
