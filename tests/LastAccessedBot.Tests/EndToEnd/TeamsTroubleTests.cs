using System.Text.Json.Nodes;
using LastAccessedBot.Tests.Surfaces;
using LastAccessedBot.Tests.Surfaces.Teams;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;
using static LastAccessedBot.Tests.Surfaces.Teams.TeamsScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>When Teams, its network or its people make trouble: S9 of the scenarios.</summary>
[Collection(nameof(TeamsHosts))]
public sealed class TeamsTroubleTests : IAsyncLifetime
{
    private const string Title = "Detach App-Dev-ElasticTranscoder from group app-dev";

    private TeamsScene _scene = null!;

    private TeamsPeople People => _scene.People;

    private SimulatedTeams Teams => _scene.Teams;

    private Scene Aws => _scene.Scene;

    public async ValueTask InitializeAsync() => _scene = await StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(Guest)]
    [InlineData(Outsider)]
    [InlineData(Nikhil)]
    public async Task Who_may_not_decide_hears_whom_to_ask(string user)
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        var told = await People.ToldAsync(user, card, Approve(card));
        Assert.Contains("You may not decide about group", told.Words);
        Assert.Contains("Ask", told.Words);
        Assert.Empty(Aws.Writes);
    }

    [Fact]
    public async Task Owners_see_buttons_and_others_none_once_their_client_asks()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        Assert.Contains((await People.RefreshAsync(Maria, card)).Buttons, button => button.Label == "Approve");
        var bystander = await People.RefreshAsync(Nikhil, card);
        Assert.DoesNotContain(bystander.Buttons, button => button.Label is "Approve" or "Keep" or "Dismiss");
        Assert.NotNull(bystander.Suggestion(Title));
        Assert.Contains(TeamsEyes.Read(card, Martha).Buttons, button => button.Label == "Approve");
        Assert.Empty(Aws.Writes);
    }

    [Fact]
    public async Task The_presser_sees_at_once_that_it_is_being_worked_on_and_everybody_the_outcome()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Aws.Aws.Faults.Watcher = _ => held.Task;
        await People.PressAsync(Maria, card, Approve(card));
        var seen = TeamsEyes.Read(card, Maria);
        Assert.True(seen.IsUnderWay);
        Assert.DoesNotContain(seen.Buttons, button => button.Label == "Approve");
        Aws.Aws.Faults.Watcher = null;
        held.SetResult();
        foreach (var who in new[] { Maria, Paulo, Nikhil }) await People.SaysAsync(who, card, Title, "approved by María García");
    }

    [Fact]
    public async Task A_press_that_changes_nothing_leaves_nobody_with_a_card_that_is_being_worked_on()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        await People.ToldAsync(Nikhil, card, Approve(card));
        await Teams.WhenAsync(() => !TeamsEyes.Read(card, Nikhil).IsUnderWay && TeamsEyes.Read(card, Nikhil).Buttons.Any(button => button.Label == "Approve"), "the card is as it was");
    }

    [Fact]
    public async Task A_thousand_deliveries_of_one_press_with_ids_of_their_own_have_one_effect()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        var press = People.Press(Maria, card, Approve(card));
        await Parallel.ForEachAsync(Enumerable.Range(0, 1_000), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (number, _) =>
            Assert.Equal(200, (await People.DeliverAsync(number % 2 == 0 ? press : People.Again(press))).Status));
        await People.SaysAsync(Paulo, card, Title, "Applied on");
        Assert.Equal(["DetachGroupPolicy"], Aws.Writes);
        Assert.DoesNotContain(Teams.Posts, post => post.OnlyFor is not null);
    }

    [Fact]
    public async Task One_line_delivered_twice_posts_one_card()
    {
        var line = People.Message(Paulo, "app-dev", SimulatedTeams.General);
        Assert.Equal(202, (await People.DeliverAsync(line)).Status);
        Assert.Equal(202, (await People.DeliverAsync(line)).Status);
        await Teams.WhenAsync(() => Teams.Posts.Any(post => TeamsEyes.Read(post, Paulo).Words.Contains("services unused", StringComparison.Ordinal)), "the card stands");
        Assert.Single(Teams.Posts);
    }

    [Fact]
    public async Task A_client_that_sends_presses_as_messages_is_understood()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        var data = TeamsEyes.Actions(card.Card!).First(action => action["data"]?["choice"]?.GetValue<string>() == Approve(card))["fallback"]!["data"]!;
        var message = People.Activity(Maria, SimulatedTeams.General, "message");
        (message["value"], message["replyToId"]) = (data.DeepClone(), card.Id);
        Assert.Equal(202, (await People.DeliverAsync(message)).Status);
        await People.SaysAsync(Paulo, card, Title, "approved by María García");
    }

    [Fact]
    public async Task Throttling_and_outages_of_Teams_cost_time_and_nothing_else()
    {
        Teams.Faults.Throttled["send"] = (1, 1);
        Teams.Faults.Throttled["update"] = (1, null);
        Teams.Faults.Failing["member"] = (1, 502);
        var card = await People.AskAsync(Paulo, "app-dev");
        Teams.Faults.Failing["update"] = (2, 504);
        Teams.Faults.Lost["update"] = 1;
        Teams.Faults.Failing["owners"] = (1, 412);
        await People.PressAsync(Maria, card, Title, "Approve", "Applied on");
        Assert.Equal(["DetachGroupPolicy"], Aws.Writes);
        Assert.Single(Teams.Posts, post => post.OnlyFor is null);
    }

    [Fact]
    public async Task A_Teams_that_answers_nothing_holds_up_no_line_and_no_press()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Teams.Faults.Held = held.Task;
        Assert.Equal(202, (await People.SayAsync(Paulo, "nikhilj")).Status);
        await People.PressAsync(Maria, card, Approve(card));
        Assert.True(TeamsEyes.Read(card, Maria).IsUnderWay);
        Assert.Single(Teams.Posts);
        held.SetResult();
        await People.SaysAsync(Paulo, card, Title, "Applied on");
        await Teams.WhenAsync(() => Teams.Posts.Any(post => TeamsEyes.Read(post, Paulo).Words.Contains("User nikhilj", StringComparison.Ordinal)), "the line is answered too");
        Assert.Equal(["DetachGroupPolicy"], Aws.Writes);
    }

    [Fact]
    public async Task A_message_that_Teams_did_not_confirm_is_not_sent_twice()
    {
        Teams.Faults.Lost["send"] = 1;
        Assert.Equal(202, (await People.SayAsync(Paulo, "app-dev")).Status);
        await Teams.WhenAsync(() => Teams.Posts.Any(post => post.OnlyFor == Paulo), "the typist is told");
        Assert.Contains("did not confirm", TeamsEyes.Read(Teams.Posts.Single(post => post.OnlyFor == Paulo), Paulo).Words);
        Assert.Single(Teams.Posts, post => post.OnlyFor is null);
    }

    [Fact]
    public async Task Where_cards_are_refused_the_text_says_everything_that_matters()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        Teams.Faults.CardsRefused = 100;
        await People.DeliverAsync(People.Press(Maria, card, Approve(card)));
        await Teams.WhenAsync(() => card.Activity["text"]?.GetValue<string>().Contains("Applied on", StringComparison.Ordinal) == true, "the text tells of the trim");
        Assert.Null(card.Card);
        Assert.Contains("approved by María García", card.Activity["text"]!.GetValue<string>().Replace("`", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_can_be_told_alone_the_personal_chat_takes_its_place()
    {
        Teams.Faults.HasNoTargeted = true;
        await People.SayAsync(Nikhil, "help");
        await Teams.WhenAsync(() => Teams.Posts.Count > 0, "the help is told");
        Assert.Equal(SimulatedTeams.Personal(Nikhil), Assert.Single(Teams.Posts).Chat);
        Assert.Single(Teams.Calls, call => call.Operation == "create");
        await People.SayAsync(Nikhil, "help");
        await Teams.WhenAsync(() => Teams.Posts.Count == 2, "the help is told again");
        Assert.Single(Teams.Calls, call => call.Operation == "create");
    }

    [Fact]
    public async Task A_bot_that_was_removed_says_nothing_there_until_it_is_back()
    {
        var card = await People.AskAsync(Paulo, "app-dev", SimulatedTeams.Group);
        await People.AskAsync(Paulo, "app-dev");
        Teams.Chats[SimulatedTeams.Group].HasBot = false;
        var removed = People.Activity(Paulo, SimulatedTeams.Group, "conversationUpdate");
        removed["membersRemoved"] = new JsonArray(new JsonObject { ["id"] = SimulatedTeams.Bot });
        Assert.Equal(202, (await People.DeliverAsync(removed)).Status);
        await Aws.Bot.WhenLoggedAsync("Nothing is sent to", 1);
        var (calls, updates) = (Teams.Calls.Count(call => call.Operation == "update" && call.Status == 403), card.Updates);
        var other = Teams.SeenBy(Paulo)[0];
        await People.PressAsync(Maria, other, Title, "Approve", "Applied on");
        Assert.Equal((calls, updates), (Teams.Calls.Count(call => call.Operation == "update" && call.Status == 403), card.Updates));
        Teams.Chats[SimulatedTeams.Group].HasBot = true;
        Assert.NotNull(await People.AskAsync(Paulo, "nikhilj", SimulatedTeams.Group));
    }

    [Fact]
    public async Task The_doctor_names_a_digest_for_a_conversation_that_took_the_bot_out()
    {
        await People.AskAsync(Paulo, "subscribe app-dev", SimulatedTeams.Group);
        var removed = People.Activity(Paulo, SimulatedTeams.Group, "conversationUpdate");
        removed["membersRemoved"] = new JsonArray(new JsonObject { ["id"] = SimulatedTeams.Bot });
        await People.DeliverAsync(removed);
        await Aws.Bot.WhenLoggedAsync("Nothing is sent to", 1);
        var told = TeamsEyes.Read(await People.AskAsync(Paulo, "doctor", SimulatedTeams.Personal(Paulo)), Paulo).Words;
        Assert.Contains("The digest about group app-dev goes to a conversation that is no more: ", told);
        Assert.Contains("add the bot there again, or subscribe elsewhere", told);
    }

    [Fact]
    public async Task Whoever_adds_the_bot_is_greeted_once()
    {
        var added = People.Activity(Paulo, SimulatedTeams.Personal(Paulo), "conversationUpdate");
        added["membersAdded"] = new JsonArray(new JsonObject { ["id"] = SimulatedTeams.Bot });
        var installed = People.Activity(Paulo, SimulatedTeams.Personal(Paulo), "installationUpdate");
        installed["action"] = "add";
        // All of them are under way before the first is done.
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Teams.Faults.Held = held.Task;
        await Task.WhenAll(new[] { added, installed, People.Again(added) }.Select(async told => Assert.Equal(202, (await People.DeliverAsync(told)).Status)));
        await People.SayAsync(Nikhil, "help", SimulatedTeams.Personal(Nikhil));
        await Teams.WhenAsync(() => Teams.Arrived.Any(body => body.Contains("What I can do", StringComparison.Ordinal)), "what came later is on its way");
        held.SetResult();
        bool IsGreeting(TeamsPost post) => TeamsEyes.Read(post, Paulo).Words.Contains("every trim can be undone", StringComparison.Ordinal);
        await Teams.WhenAsync(() => Teams.SeenBy(Paulo, SimulatedTeams.Personal(Paulo)).Any(IsGreeting), "the greeting stands");
        await People.AskAsync(Paulo, "app-dev", SimulatedTeams.Personal(Paulo));
        Assert.Single(Teams.SeenBy(Paulo, SimulatedTeams.Personal(Paulo)), IsGreeting);
    }

    [Fact]
    public async Task What_was_acknowledged_is_obeyed_though_the_process_dies()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        await People.PressAsync(Maria, card, Approve(card));
        await _scene.RestartAsync();
        await People.SaysAsync(Paulo, card, Title, "Applied on");
        Assert.Equal(["DetachGroupPolicy"], Aws.Writes);
    }

    [Fact]
    public async Task An_invoke_that_means_nothing_here_is_told_so_and_what_no_Teams_sends_is_refused()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        Assert.Equal(501, (await People.DeliverAsync(People.Invoke(Paulo, SimulatedTeams.General, card.Id, "composeExtension/query", []))).Status);
        Assert.Equal(400, (await People.DeliverAsync(People.Invoke(Paulo, SimulatedTeams.General, card.Id, "adaptiveCard/action", []))).Status);
        Assert.Equal(400, (await People.DeliverAsync(People.Invoke(Paulo, SimulatedTeams.General, card.Id, "adaptiveCard/action", new JsonObject { ["action"] = new JsonObject { ["data"] = new JsonObject { ["choice"] = 7 } } }))).Status);
        Assert.Equal(202, (await People.DeliverAsync(People.Activity(Paulo, SimulatedTeams.General, "messageReaction"))).Status);
        Assert.Single(Teams.Posts);
        Assert.Empty(Aws.Writes);
    }

    private static string Approve(TeamsPost card) => ChatRoom.Of(TeamsEyes.Read(card, Paulo), Title).Button("Approve");
}
