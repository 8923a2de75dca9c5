using System.Text.Json.Nodes;
using LastAccessedBot.Tests.Surfaces;
using LastAccessedBot.Tests.Surfaces.Teams;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;
using static LastAccessedBot.Tests.Surfaces.Teams.TeamsScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>In everybody's own chat with the bot: each has a card of their own.</summary>
[Collection(nameof(TeamsHosts))]
public sealed class TeamsInPersonalChatsTests() : TeamsScenarioTests(SimulatedTeams.Personal);

/// <summary>In one group chat.</summary>
[Collection(nameof(TeamsHosts))]
public sealed class TeamsInAGroupChatTests() : TeamsScenarioTests(_ => SimulatedTeams.Group);

/// <summary>In a channel of a team.</summary>
[Collection(nameof(TeamsHosts))]
public sealed class TeamsInAChannelTests() : TeamsScenarioTests(_ => SimulatedTeams.General);

/// <summary>S1 to S4 lived through in Teams, in every kind of conversation: the connector looked at, and the account.</summary>
public abstract class TeamsScenarioTests : IAsyncLifetime
{
    private readonly Func<string, string> _chatOf;

    private TeamsScene _scene = null!;

    /// <param name="chatOf">Where somebody speaks to the bot.</param>
    private protected TeamsScenarioTests(Func<string, string> chatOf) => _chatOf = chatOf;

    private TeamsPeople People => _scene.People;

    private SimulatedTeams Teams => _scene.Teams;

    private Scene Aws => _scene.Scene;

    public async ValueTask InitializeAsync() => _scene = await StartAsync();

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
        var asked = await AskAsync(Paulo, "Development");
        Assert.Contains("368 of 373 services unused", TeamsEyes.Read(asked, Paulo).Words);
        Assert.Empty(Aws.Writes);

        await PressAsync(Martha, asked, "Development", Title, "Approve", "approved by Martha Rivera");
        await People.SaysAsync(Paulo, asked, Title, "approved by Martha Rivera");
        Assert.Equal(["CreatePolicyVersion"], Aws.Writes);
        var narrowed = JsonNode.Parse(Aws.Aws.Account.Document("ExampleDevelopment"))!["Statement"]![0]!["Action"]!.AsArray();
        Assert.Equal(["cloudtrail:*", "ec2:*", "kms:*", "logs:*", "s3:*"], narrowed.Select(action => action!.GetValue<string>()).Order());

        await People.PressAsync(Paulo, asked, Title, "Undo", "Undone by Paulo Santos");
        Assert.Equal(before, Aws.Account);
    }

    [Fact]
    public async Task S2_A_user_who_changed_jobs_loses_the_old_job_by_two_approvals()
    {
        const string Detach = "Detach IAMFullAccess from user nikhilj", Leave = "Remove user nikhilj from group security-team";
        var card = await AskAsync(Paulo, "nikhilj");
        await PressAsync(Martha, card, "nikhilj", Detach, "Approve", "Applied on");
        await Teams.WhenAsync(() => TeamsEyes.Read(card, Paulo).Suggestion(Leave)?.Words.Contains("reachable by", StringComparison.Ordinal) == false, "the card knows that one path is gone");
        await PressAsync(Martha, card, "nikhilj", Leave, "Approve", "Applied on");
        Assert.Equal(["DetachUserPolicy", "RemoveUserFromGroup"], Aws.Writes);
        await PressAsync(Martha, card, "nikhilj", Leave, "Undo", "Undone by");
        await PressAsync(Martha, card, "nikhilj", Detach, "Undo", "Undone by");
        Assert.Equal(["DetachUserPolicy", "RemoveUserFromGroup", "AddUserToGroup", "AttachUserPolicy"], Aws.Writes);
    }

    [Fact]
    public async Task S3_A_team_lets_go_of_a_policy_and_a_second_person_deletes_it()
    {
        const string Detach = "Detach App-Dev-ElasticTranscoder from group app-dev", Delete = "Delete the policy App-Dev-ElasticTranscoder";
        var before = Aws.Account;
        var card = await AskAsync(Paulo, "app-dev");
        // María decides as an owner of the team that owns app-dev, and Martha as an admin.
        var marias = await CardOfAsync(Maria, card, "app-dev");
        await People.PressAsync(Maria, marias, Detach, "Approve", "approved by María García");
        await Teams.WhenAsync(() => TeamsEyes.Read(marias, Maria).Suggestion(Delete) is not null, "the deletion is offered");
        Assert.Contains("You may not decide", await ToldAsync(Maria, marias, Delete, "Approve"));
        Assert.Equal(["DetachGroupPolicy"], Aws.Writes);
        await PressAsync(Martha, card, "app-dev", Delete, "Approve", "approved by Martha Rivera");
        Assert.Equal(["DetachGroupPolicy", "DeletePolicy"], Aws.Writes);
        await PressAsync(Martha, card, "app-dev", Delete, "Undo", "Undone by");
        await PressAsync(Martha, card, "app-dev", Detach, "Undo", "Undone by");
        Assert.Equal(before, Aws.Account);
    }

    [Fact]
    public async Task What_needs_four_eyes_needs_two_people()
    {
        const string Detach = "Detach App-Dev-ElasticTranscoder from group app-dev", Delete = "Delete the policy App-Dev-ElasticTranscoder";
        var card = await AskAsync(Nikhil, "app-dev");
        var marthas = await CardOfAsync(Martha, card, "app-dev");
        await People.PressAsync(Martha, marthas, Detach, "Approve", "approved by Martha Rivera");
        await Teams.WhenAsync(() => TeamsEyes.Read(marthas, Martha).Suggestion(Delete) is not null, "the deletion is offered");
        Assert.Contains("second pair of eyes", await ToldAsync(Martha, marthas, Delete, "Approve"));
        Assert.Equal(["DetachGroupPolicy"], Aws.Writes);
        await PressAsync(Paulo, card, "app-dev", Delete, "Approve", "approved by Paulo Santos");
        Assert.Equal(["DetachGroupPolicy", "DeletePolicy"], Aws.Writes);
    }

    [Fact]
    public async Task S4_The_worst_policy_is_a_press_away_from_the_ranking()
    {
        const string Narrow = "Narrow ExamplePolicy1";
        var ranking = await AskAsync(Paulo, "policies");
        var seen = TeamsEyes.Read(ranking, Paulo);
        Assert.Contains("20 attached customer managed policies", seen.Words);
        await People.PressAsync(Paulo, ranking, seen.Buttons.Single(button => button.Label == "ExamplePolicy1").Value);
        var chat = _chatOf(Paulo);
        await Teams.WhenAsync(() => TeamsEyes.Read(Teams.SeenBy(Paulo, chat)[^1], Paulo).Suggestion(Narrow) is not null, "the policy's card stands below");
        await PressAsync(Martha, Teams.SeenBy(Paulo, chat)[^1], "policy ExamplePolicy1", Narrow, "Approve", "Applied on");
        Assert.DoesNotContain("ec2:", Aws.Aws.Account.Document("ExamplePolicy1"));
    }

    [Fact]
    public async Task S6_A_unit_lets_go_of_services_on_trial()
    {
        const string Title = "Deny AWS Database Migration Service and Amazon Lex in NewServiceTest";
        var before = Aws.Account;
        var card = await AskAsync(Paulo, "ou Development 180d");
        var seen = TeamsEyes.Read(card, Paulo);
        Assert.Contains("account Shop", seen.Words);
        Assert.Contains(seen.Buttons, button => button.Value == "run:/unused account 222233334444 180d");
        await PressAsync(Martha, card, "ou Development 180d", Title, "Approve", "approved by Martha Rivera");
        Assert.Equal(["UpdatePolicy"], Aws.Writes);
        await PressAsync(Martha, card, "ou Development 180d", Title, "Undo", "Undone by Martha Rivera");
        Assert.Equal(before, Aws.Account);
    }

    [Fact]
    public async Task What_only_one_needs_to_hear_stands_where_it_disturbs_nobody()
    {
        await AskAsync(Nikhil, "app-dve");
        await Teams.WhenAsync(() => Teams.Posts.All(post => post.OnlyFor == Nikhil || post.Chat == SimulatedTeams.Personal(Nikhil)), "the conversation is as it was");
        Assert.Contains("app-dve", TeamsEyes.Read(Teams.SeenBy(Nikhil, _chatOf(Nikhil)).Single(), Nikhil).Words);
    }

    [Fact]
    public async Task Details_open_as_a_dialog_and_turn_their_pages()
    {
        var card = await AskAsync(Paulo, "Development");
        var diff = (await People.OpenDialogAsync(Paulo, card, "Details", 1)).ToJsonString();
        Assert.Contains("NotAction", diff);
        Assert.Contains("cloudtrail:*", diff);

        var services = await People.OpenDialogAsync(Paulo, card, "Details");
        var next = (await People.SubmitAsync(Paulo, _chatOf(Paulo), services, "Next"))!;
        Assert.Contains("Page 2 of", next.ToJsonString());
        Assert.NotEqual(services.ToJsonString(), next.ToJsonString());
    }

    [Fact]
    public async Task What_looks_idle_and_is_needed_is_kept_with_a_reason()
    {
        const string Title = "Detach App-Dev-ElasticTranscoder from group app-dev";
        var card = await AskAsync(Maria, "app-dev");
        var number = TeamsEyes.Read(card, Maria).Parts.Skip(1).ToList().FindIndex(part => part.Title.StartsWith(Title, StringComparison.Ordinal));
        var form = await People.OpenDialogAsync(Maria, card, "Keep", number);
        var (reason, until) = (TeamsEyes.Inputs(form).Keys.Single(id => id.Contains("reason", StringComparison.Ordinal)), TeamsEyes.Inputs(form).Keys.Single(id => id.Contains("until", StringComparison.Ordinal)));
        var month = TeamsEyes.Inputs(form)[until]["value"]!.GetValue<string>();
        var again = await People.SubmitAsync(Maria, _chatOf(Maria), form, "Keep", (reason, "  "), (until, month));
        Assert.Contains("Write something here, in at most", again!.ToJsonString());
        Assert.Null(await People.SubmitAsync(Maria, _chatOf(Maria), again, "Keep", (reason, "The quarterly videos"), (until, month)));
        await People.SaysAsync(Maria, card, Title, "The quarterly videos");
        Assert.Empty(Aws.Writes);
    }

    private Task<TeamsPost> AskAsync(string who, string line) => People.AskAsync(who, line, _chatOf(who));

    /// <summary>The card as somebody has it: the same message, or, in personal chats, one of their own.</summary>
    private async Task<TeamsPost> CardOfAsync(string who, TeamsPost card, string line) => _chatOf(who) == card.Chat
        ? card
        : Teams.SeenBy(who, _chatOf(who)).LastOrDefault(post => TeamsEyes.Read(post, who).Parts.Length > 1) ?? await AskAsync(who, line);

    private async Task PressAsync(string who, TeamsPost card, string line, string suggestion, string label, string outcome) =>
        await People.PressAsync(who, await CardOfAsync(who, card, line), suggestion, label, outcome);

    private async Task<string> ToldAsync(string who, TeamsPost card, string suggestion, string label)
    {
        var before = Teams.SeenBy(who, card.Chat).Count;
        await People.PressAsync(who, card, ChatRoom.Of(TeamsEyes.Read(card, who), suggestion).Button(label));
        await Teams.WhenAsync(() => Teams.SeenBy(who, card.Chat).Count > before, $"{who} is told something");
        return TeamsEyes.Read(Teams.SeenBy(who, card.Chat)[^1], who).Words;
    }
}
