using System.Text.Json.Nodes;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using static LastAccessedBot.Tests.EndToEnd.SlackScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Over signed requests.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackOverHttpTests() : SlackScenarioTests(WayIn.Http);

/// <summary>Over connections that the bot opened.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackOverSocketModeTests() : SlackScenarioTests(WayIn.SocketMode);

/// <summary>S1 to S4 lived through in Slack, by either way in: the Web API looked at, and the account.</summary>
public abstract class SlackScenarioTests : IAsyncLifetime
{
    private readonly WayIn _way;

    private SlackScene _scene = null!;

    private protected SlackScenarioTests(WayIn way) => _way = way;

    private SlackPeople People => _scene.People;

    private SimulatedSlack Slack => _scene.Slack;

    private Scene Aws => _scene.Scene;

    public async ValueTask InitializeAsync() => _scene = await SlackScene.StartAsync(_way);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _scene.DisposeAsync();
    }

    [Fact]
    public async Task S1_Power_users_keep_the_five_services_that_they_use()
    {
        const string Title = "Narrow ExampleDevelopment";
        var before = Aws.Account;
        var card = await People.AskAsync(Paulo, "Development");
        Assert.Contains("368 of 373 services unused", card.Text);
        Assert.Empty(Aws.Writes);

        await People.PressAsync(Martha, card, Title, "Approve", "approved by Martha Rivera");
        Assert.Equal(["CreatePolicyVersion"], Aws.Writes);
        var narrowed = JsonNode.Parse(Aws.Aws.Account.Document("ExampleDevelopment"))!["Statement"]![0]!["Action"]!.AsArray();
        Assert.Equal(["cloudtrail:*", "ec2:*", "kms:*", "logs:*", "s3:*"], narrowed.Select(action => action!.GetValue<string>()).Order());

        await People.PressAsync(Paulo, card, Title, "Undo", "Undone by Paulo Santos");
        Assert.Equal(before, Aws.Account);
    }

    [Fact]
    public async Task S2_A_user_who_changed_jobs_loses_the_old_job_by_two_approvals()
    {
        const string Detach = "Detach IAMFullAccess from user nikhilj", Leave = "Remove user nikhilj from group security-team";
        var card = await People.AskAsync(Paulo, "nikhilj");
        await People.PressAsync(Martha, card, Detach, "Approve", "Applied on");
        await Slack.WhenAsync(() => !SlackPeople.PartOf(card, Leave).Contains("reachable by", StringComparison.Ordinal), "the card knows that one path is gone");
        await People.PressAsync(Martha, card, Leave, "Approve", "Applied on");
        Assert.Equal(["DetachUserPolicy", "RemoveUserFromGroup"], Aws.Writes);
        await People.PressAsync(Martha, card, Leave, "Undo", "Undone by");
        await People.PressAsync(Martha, card, Detach, "Undo", "Undone by");
        Assert.Equal(["DetachUserPolicy", "RemoveUserFromGroup", "AddUserToGroup", "AttachUserPolicy"], Aws.Writes);
    }

    [Fact]
    public async Task S3_A_team_lets_go_of_a_policy_and_a_second_person_deletes_it()
    {
        const string Detach = "Detach App-Dev-ElasticTranscoder from group app-dev", Delete = "Delete the policy App-Dev-ElasticTranscoder";
        var before = Aws.Account;
        var card = await People.AskAsync(Nikhil, "app-dev");
        // María decides as a member of the group that owns app-dev.
        await People.PressAsync(Maria, card, Detach, "Approve", "approved by María García");
        await Slack.WhenAsync(() => SlackPeople.PartOf(card, Delete).Length > 0, "the deletion is offered");
        var told = await People.ToldAsync(Maria, card, SlackPeople.ButtonOf(card, Delete, "Approve"));
        Assert.Contains("You may not decide", told.Text);
        await People.PressAsync(Martha, card, Delete, "Approve", "approved by Martha Rivera");
        Assert.Equal(["DetachGroupPolicy", "DeletePolicy"], Aws.Writes);
        await People.PressAsync(Martha, card, Delete, "Undo", "Undone by");
        await People.PressAsync(Maria, card, Detach, "Undo", "Undone by");
        Assert.Equal(before, Aws.Account);
    }

    [Fact]
    public async Task S4_The_worst_policy_is_a_press_away_from_the_ranking()
    {
        const string Narrow = "Narrow ExamplePolicy1";
        var ranking = await People.AskAsync(Paulo, "policies");
        Assert.Contains("20 attached customer managed policies", ranking.Text);
        await People.PressAsync(Paulo, ranking, ranking.Buttons.Single(button => button["text"]!["text"]!.GetValue<string>() == "ExamplePolicy1")["value"]!.GetValue<string>());
        await Slack.WhenAsync(() => SlackPeople.PartOf(Slack.SeenBy(Paulo)[^1], Narrow).Length > 0, "the policy's card stands below");
        var card = Slack.SeenBy(Paulo)[^1];
        await People.PressAsync(Martha, card, Narrow, "Approve", "Applied on");
        Assert.DoesNotContain("ec2:", Aws.Aws.Account.Document("ExamplePolicy1"));
    }

    [Fact]
    public async Task S6_A_unit_lets_go_of_services_on_trial()
    {
        const string Title = "Deny AWS Database Migration Service and Amazon Lex in NewServiceTest";
        var before = Aws.Account;
        var card = await People.AskAsync(Paulo, "ou Development 180d");
        Assert.Contains("357 of 373 services unused", card.Text);
        Assert.Contains(card.Buttons, button => button["value"]?.GetValue<string>() == "run:/unused account 222233334444 180d");
        await People.PressAsync(Martha, card, Title, "Approve", "approved by Martha Rivera");
        Assert.Equal(["UpdatePolicy"], Aws.Writes);
        await People.PressAsync(Martha, card, Title, "Undo", "Undone by Martha Rivera");
        Assert.Equal(before, Aws.Account);
    }

    [Fact]
    public async Task A_card_follows_in_every_channel_that_asked_for_it_and_stands_once_in_each()
    {
        const string Title = "Detach App-Dev-ElasticTranscoder from group app-dev";
        var first = await People.AskAsync(Paulo, "app-dev");
        var second = await People.AskAsync(Nikhil, "group app-dev 90d", SimulatedSlack.Second);
        Assert.Equal(SlackPeople.ButtonOf(first, Title, "Approve"), SlackPeople.ButtonOf(second, Title, "Approve"));

        var again = await People.AskAsync(Maria, "app-dev");
        await Slack.WhenAsync(() => first.Text.Contains("moved down", StringComparison.Ordinal), "the older card says where it went");
        Assert.Empty(first.Buttons);
        await People.PressAsync(Maria, second, Title, "Approve", "approved by María García");
        await Slack.WhenAsync(() => SlackPeople.PartOf(again, Title).Contains("approved by María García", StringComparison.Ordinal), "the other channel's card follows");
        Assert.Equal(["DetachGroupPolicy"], Aws.Writes);
        await Slack.WhenAsync(() => SlackPeople.PartOf(second, "Delete the policy").Length > 0 && SlackPeople.PartOf(again, "Delete the policy").Length > 0, "the deletion is offered on both");
        await People.PressAsync(Martha, again, "Delete the policy App-Dev-ElasticTranscoder", "Approve", "approved by Martha Rivera");
        await Slack.WhenAsync(() => SlackPeople.PartOf(second, "Delete the policy").Contains("approved by Martha Rivera", StringComparison.Ordinal), "and back");

        // What was done stays on the card that is asked for while it can be undone by it.
        await People.PressAsync(Martha, second, "Delete the policy", "Undo", "Undone by");
        Assert.Contains("moved down", first.Text);
    }

    [Fact]
    public async Task An_answer_with_nothing_to_decide_is_for_the_asker_alone()
    {
        await People.AskAsync(Nikhil, "app-dve");
        await Slack.WhenAsync(() => Slack.Posts.All(post => post.OnlyFor is not null), "the channel is as it was");
        Assert.Equal(Nikhil, Assert.Single(Slack.Posts).OnlyFor);
        Assert.Contains("app-dve", Slack.Posts[0].Text);
        await People.PressAsync(Nikhil, Slack.Posts[0], Slack.Posts[0].Buttons.First(button => button["text"]!["text"]!.GetValue<string>() == "group app-dev")["value"]!.GetValue<string>());
        await Slack.WhenAsync(() => Slack.Posts.Any(post => post.OnlyFor is null && SlackPeople.PartOf(post, "Detach App-Dev-ElasticTranscoder").Length > 0), "the card that was meant stands in the channel");
    }

    [Fact]
    public async Task Details_open_as_a_modal_and_turn_their_pages()
    {
        var card = await People.AskAsync(Paulo, "Development");
        await People.PressAsync(Paulo, card, SlackPeople.ButtonOf(card, "Narrow ExampleDevelopment", "Details"));
        await Slack.WhenAsync(() => Slack.OpenViews.ContainsKey("last"), "a modal opens");
        var view = Slack.OpenViews["last"].View.ToJsonString();
        Assert.Contains("NotAction", view);
        Assert.Contains("cloudtrail:*", view);

        await People.PressAsync(Paulo, card, "details:own:0");
        await Slack.WhenAsync(() => Slack.OpenViews["last"].View.ToJsonString().Contains("Next", StringComparison.Ordinal), "the services' modal has pages");
        Assert.Equal(new SlackAnswer(200, ""), await People.DeliverAsync("interactive", People.PressInView(Paulo, "details:own:1")));
        await Slack.WhenAsync(() => Slack.OpenViews["last"].View.ToJsonString().Contains("Page 2 of", StringComparison.Ordinal), "the page is turned");
    }
}
