using static LastAccessedBot.Tests.Surfaces.Someone;

namespace LastAccessedBot.Tests.Surfaces;

/// <content>Links to reports.</content>
public abstract partial class ChatSurfaceContract
{
    [Fact]
    public async Task A_report_is_a_link_that_opens_the_page_about_what_was_reviewed()
    {
        await _room.AskAsync(Nikhil, Group);
        var card = await _room.AskAsync(Nikhil, $"report {Group}");
        Assert.Contains($"The report on group {Group}", card.Words);
        Assert.Contains("Whoever has the link can open it, until ", card.Words);
        var page = await OpenAsync(card, "Open the report");
        Assert.Contains($"Group {Group}", page);
        Assert.Contains("Elastic Transcoder", page);
        Assert.Contains($"Group {Group}", await OpenAsync(await _room.AskAsync(Nikhil, $"report group {Group} 90d"), "Open the report"));
        Assert.Contains($"group {Group}", await OpenAsync(await _room.AskAsync(Nikhil, "report"), "Open the overview"));
    }

    [Fact]
    public async Task Where_nothing_was_reviewed_the_asker_alone_hears_what_to_type()
    {
        var told = await _room.AskAloneAsync(Nikhil, $"report {Group}");
        Assert.Contains($"There is no review of {Group} yet", told.Words);
        Assert.Contains($"{_room.Command} {Group}", told.Words);
        Assert.DoesNotContain(await SeenByAsync(Martha), message => message.Words.Contains("no review", StringComparison.Ordinal));
        await _room.PressAsync(Nikhil, told, told.Buttons.Single(button => button.Label == "Review it now").Value);
        Assert.NotNull((await _room.AnswerAsync(Nikhil, "the review is answered")).Suggestion(Title));
        Assert.Contains("over 31 days", (await _room.AskAloneAsync(Nikhil, $"report {Group} 31d")).Words);
    }

    private async Task<string> OpenAsync(SeenMessage card, string label) =>
        System.Net.WebUtility.HtmlDecode(await Scene.Bot.Http.GetStringAsync(new Uri(card.Buttons.Single(button => button.Label == label).Value), TestContext.Current.CancellationToken));
}
