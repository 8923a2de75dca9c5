using System.Text.Json.Nodes;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using static LastAccessedBot.Tests.EndToEnd.SlackScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>The chart of a long review as a picture in Slack: an addition to a card that stands without it.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackPictureTests : IAsyncLifetime
{
    private const string Title = "Narrow ExampleDevelopment";

    private static readonly byte[] s_png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private SlackScene _scene = null!;

    private SlackPeople People => _scene.People;

    private SimulatedSlack Slack => _scene.Slack;

    public async ValueTask InitializeAsync() => _scene = await SlackScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_long_review_shows_its_chart_which_is_uploaded_once()
    {
        var card = await People.AskAsync(Paulo, "Development");
        await PicturedAsync(card);
        var (id, file) = Assert.Single(Slack.Files.All);
        Assert.Equal(s_png, file.Content![..s_png.Length]);
        var picture = Picture(card)!;
        Assert.Equal(id, picture["slack_file"]!["id"]!.GetValue<string>());
        Assert.Equal("373 services granted, 5 used in 90 days", picture["title"]!["text"]!.GetValue<string>());
        Assert.StartsWith("373 services granted, 5 used in 90 days. Last used within 7 days: 5, ", picture["alt_text"]!.GetValue<string>());
        Assert.Equal(picture["alt_text"]!.GetValue<string>(), file.AltText);
        Assert.Contains(file.AltText, card.Text);

        await People.PressAsync(Paulo, card, Title, "Dismiss", "Dismissed by Paulo Santos");
        Assert.NotNull(Picture(card));
        await PicturedAsync(await People.AskAsync(Martha, "Development"));
        Assert.Single(Slack.Files.All);
    }

    [Fact]
    public async Task A_file_that_Slack_has_not_looked_at_yet_is_offered_again()
    {
        Slack.Faults.FilesNotReady = 2;
        var card = await People.AskAsync(Paulo, "Development");
        Assert.Contains("Approve", card.Buttons.Select(button => button["text"]!["text"]!.GetValue<string>()));
        await PicturedAsync(card);
        Assert.Single(Slack.Files.All);
        Assert.Equal(2, Slack.Calls.Count(call => call is { Method: "chat.update", Error: "invalid_blocks" }));
    }

    [Fact]
    public async Task A_card_stands_without_its_picture_whatever_fails()
    {
        Action[] troubles =
        [
            () => Slack.Faults.Refused["files.getUploadURLExternal"] = (1, "missing_scope"),
            () => Slack.Faults.Broken["files.getUploadURLExternal"] = 4,
            () => Slack.Files.Elsewhere = new Uri("https://files.example.com"),
            () => Slack.Faults.Broken["upload"] = 1,
            () => Slack.Faults.Refused["files.completeUploadExternal"] = (1, "internal_error"),
            () => Slack.Faults.FilesNotReady = 5,
        ];
        List<SlackPost> cards = [];
        foreach (var (trouble, days) in troubles.Select((trouble, index) => (trouble, 40 + index)))
        {
            trouble();
            cards.Add(await People.AskAsync(Paulo, $"Development {days}d"));
            // One after the other: what comes after a failure is served, and by then the failure is over.
            await PicturedAsync(await People.AskAsync(Paulo, $"Development {100 + days}d"));
        }
        Assert.All(cards, card =>
        {
            Assert.Null(Picture(card));
            Assert.Contains("373 services granted", card.Words);
        });
        Assert.Equal(troubles.Length, _scene.Scene.Bot.Log.Split('\n').Count(line => line.Contains("stands without its picture", StringComparison.Ordinal)));
        Assert.Contains("the address leads to files.example.com, which is not Slack", _scene.Scene.Bot.Log);
        await People.PressAsync(Paulo, cards[^1], Title, "Dismiss", "Dismissed by Paulo Santos");
    }

    [Fact]
    public async Task A_picture_that_somebody_deleted_costs_the_picture_alone()
    {
        var card = await People.AskAsync(Paulo, "Development");
        await PicturedAsync(card);
        Slack.Change(() => Slack.Files.All.Remove(Slack.Files.All.Keys.Single()));
        await People.PressAsync(Paulo, card, Title, "Dismiss", "Dismissed by Paulo Santos");
        Assert.Null(Picture(card));
        Assert.Contains("373 services granted", card.Words);
    }

    private Task PicturedAsync(SlackPost card) => Slack.WhenAsync(() => Picture(card) is not null, "the card shows its chart");

    private static JsonNode? Picture(SlackPost card) => card.Blocks.FirstOrDefault(block => block!["type"]!.GetValue<string>() == "image");
}
