using System.Text.Json.Nodes;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using static LastAccessedBot.Tests.EndToEnd.SlackScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What looks idle and is needed, in Slack: a form in a modal, and what becomes of it.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackKeepTests : IAsyncDisposable
{
    private const string Title = "Detach App-Dev-ElasticTranscoder from group app-dev", Reason = "The launch film, <!channel> *once* a year";

    private static readonly SlackAnswer s_taken = new(200, "");

    private SlackScene _scene = null!;

    private SlackPeople People => _scene.People;

    private SimulatedSlack Slack => _scene.Slack;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(WayIn.Http)]
    [InlineData(WayIn.SocketMode)]
    internal async Task What_is_kept_is_withheld_with_its_reason_until_somebody_suggests_it_again(WayIn way)
    {
        var card = await StartAsync(way);
        await OpenAsync(Maria, card);
        var modal = Slack.OpenViews["last"].View;
        Assert.Contains("Detach `App-Dev-ElasticTranscoder`", modal["blocks"]![0]!["text"]!["text"]!.GetValue<string>());
        Assert.Equal("90d", modal["blocks"]![2]!["element"]!["initial_option"]!["value"]!.GetValue<string>());

        // What is missing or unknown is said in the form, which stays open.
        Assert.Equal("""{"response_action":"errors","errors":{"reason":"Write something here, in at most 500 characters."}}""", await SubmittedAsync(Maria, null, "90d"));
        Assert.Contains("Choose one of", await SubmittedAsync(Maria, Reason, "91d"));
        Assert.Contains("until", await SubmittedAsync(Maria, Reason, null));
        Assert.Contains("This has 501 characters", await SubmittedAsync(Maria, new string('x', 501), "90d"));
        Assert.Equal(ProposalState.Proposed, (await ProposalAsync(card, "Approve")).State);

        Assert.Equal("", await SubmittedAsync(Maria, Reason, "180d"));
        await Slack.WhenAsync(() => PartOf(card).Contains("Kept by María García until", StringComparison.Ordinal), "the card says that it is kept");
        Assert.Contains("&lt;!channel&gt;", PartOf(card));
        var kept = await ProposalAsync(card, "Suggest again");
        Assert.Equal((ProposalState.Kept, Reason, kept.DecidedAt!.Value.AddDays(180)), (kept.State, kept.Keeping!.Reason, kept.ExpiresAt));

        var again = await People.AskAsync(Paulo, "app-dev");
        Assert.Contains("Withheld: " + Title, SlackPeople.PartOf(again, Title));
        Assert.Contains("Kept by María García until", SlackPeople.PartOf(again, Title));
        Assert.DoesNotContain(again.Buttons, button => button["value"]!.GetValue<string>().StartsWith("approve:", StringComparison.Ordinal));

        await People.PressAsync(Paulo, card, SlackPeople.ButtonOf(card, Title, "Suggest again"));
        await Slack.WhenAsync(() => card.Buttons.Any(button => button["value"]!.GetValue<string>().StartsWith("approve:", StringComparison.Ordinal)), "it is suggested again");
        await People.PressAsync(Maria, card, Title, "Approve", "Applied on");
        Assert.Equal(["DetachGroupPolicy"], _scene.Scene.Writes);
    }

    [Fact]
    public async Task A_form_that_is_submitted_many_times_has_one_effect()
    {
        var card = await StartAsync();
        await OpenAsync(Maria, card);
        var submission = People.Submit(Maria, ("reason", Reason), ("until", "30d"));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => People.DeliverAsync("interactive", submission))), answer => Assert.Equal(s_taken, answer));
        await Slack.WhenAsync(() => PartOf(card).Contains("Kept by María García", StringComparison.Ordinal), "the card says that it is kept");
        var proposal = await ProposalAsync(card, "Suggest again");
        Assert.Equal(["proposed", "kept"], (await _scene.Scene.RecordAsync(proposal.Id)).Select(entry => entry.Event));
        Assert.DoesNotContain(Slack.Posts, post => post.OnlyFor is not null);
    }

    [Theory]
    [InlineData(Nikhil)]
    [InlineData(Guest)]
    [InlineData(Outsider)]
    [InlineData("U0STRANGER")]
    public async Task Who_may_not_decide_hears_so_privately_and_nothing_is_kept(string user)
    {
        var card = await StartAsync();
        await OpenAsync(user, card);
        Assert.Equal("", await SubmittedAsync(user, Reason, "90d"));
        Assert.Contains("You may not decide about group", (await ToldAsync(user)).Text);
        Assert.Equal(ProposalState.Proposed, (await ProposalAsync(card, "Approve")).State);
    }

    [Fact]
    public async Task Who_submits_too_late_hears_who_was_faster()
    {
        var card = await StartAsync();
        var keep = SlackPeople.ButtonOf(card, Title, "Keep");
        await OpenAsync(Maria, card);
        await People.PressAsync(Martha, card, Title, "Dismiss", "Dismissed by Martha Rivera");
        Assert.Equal("", await SubmittedAsync(Maria, Reason, "90d"));
        Assert.Contains("was dismissed by `Martha Rivera` already", (await ToldAsync(Maria)).Text);

        // The button of a message that a client has not redrawn yet.
        await People.PressAsync(Maria, card, keep);
        await Slack.WhenAsync(() => Slack.OpenViews["last"].View["title"]!["text"]!.GetValue<string>() == "Too late", "a modal says that it is too late");
    }

    [Fact]
    public async Task A_submission_that_names_another_card_or_none_keeps_nothing()
    {
        var card = await StartAsync();
        var other = await People.AskAsync(Paulo, "nikhilj");
        await OpenAsync(Maria, card);
        var forged = People.Submit(Maria, ("reason", Reason), ("until", "90d"));
        forged["view"]!["private_metadata"] = $"{other.Channel}/{other.Ts}";
        Assert.Equal(s_taken, await People.DeliverAsync("interactive", forged));
        Assert.Contains("does not belong to this card", (await ToldAsync(Maria)).Text);
        foreach (var (part, text) in new[] { ("private_metadata", ""), ("private_metadata", "../etc/1.1"), ("callback_id", "details"), ("callback_id", "form:") })
        {
            var broken = People.Submit(Maria, ("reason", Reason), ("until", "90d"));
            broken["view"]![part] = text;
            Assert.Equal(400, (await People.DeliverAsync("interactive", broken)).Status);
        }
        Assert.Equal(ProposalState.Proposed, (await ProposalAsync(card, "Approve")).State);
    }

    [Fact]
    public async Task An_expired_trigger_asks_for_another_press()
    {
        var card = await StartAsync();
        var trigger = Slack.NewTrigger();
        Slack.Triggers[trigger].IsExpired = true;
        Assert.Equal(s_taken, await People.DeliverAsync("interactive", People.Press(Maria, card, SlackPeople.ButtonOf(card, Title, "Keep"), trigger)));
        Assert.Contains("press Keep once more", (await ToldAsync(Maria)).Words, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<SlackPost> StartAsync(WayIn way = WayIn.Http)
    {
        _scene = await SlackScene.StartAsync(way);
        return await People.AskAsync(Paulo, "app-dev");
    }

    private async Task OpenAsync(string user, SlackPost card)
    {
        await People.PressAsync(user, card, SlackPeople.ButtonOf(card, Title, "Keep"));
        await Slack.WhenAsync(() => Slack.OpenViews.ContainsKey("last"), "the form opens");
    }

    /// <summary>What the form's submission is answered with.</summary>
    private async Task<string> SubmittedAsync(string user, string? reason, string? until)
    {
        var answer = await People.DeliverAsync("interactive", People.Submit(user, ("reason", reason), ("until", until)));
        Assert.Equal(200, answer.Status);
        if (answer.Body.Length > 0) Assert.All(JsonNode.Parse(answer.Body)!["errors"]!.AsObject(), error => Assert.Contains(error.Key, (string[])["reason", "until"]));
        return answer.Body;
    }

    private async Task<SlackPost> ToldAsync(string user)
    {
        await Slack.WhenAsync(() => Slack.Posts.Any(post => post.OnlyFor == user), $"{user} is told something");
        return Slack.Posts.Last(post => post.OnlyFor == user);
    }

    private Task<Proposal> ProposalAsync(SlackPost card, string button) => _scene.Scene.ProposalAsync(SlackPeople.ButtonOf(card, Title, button).Split(':')[^1]);

    private static string PartOf(SlackPost card) => SlackPeople.PartOf(card, Title);
}
