using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Sandbox.Faults;
using LastAccessedBot.Tests.EndToEnd;
using static LastAccessedBot.Tests.Surfaces.Someone;

namespace LastAccessedBot.Tests.Surfaces;

/// <summary>
/// What people live through on every chat platform alike, at a real host that works on the sandbox account. A platform's own tests say only
/// what is its own.
/// </summary>
public abstract partial class ChatSurfaceContract : IDisposable
{
    private readonly ChatRoom _room;

    protected ChatSurfaceContract(ChatRoom room)
    {
        _room = room;
        room.Begin();
    }

    private Scene Scene => _room.Scene;

    private string Group => _room.Group;

    private string Title => ContractAccount.Suggestion(Group);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Scene.Aws.Faults.Watcher = null;
    }

    [Fact]
    public async Task A_typed_command_shows_progress_at_once_and_becomes_the_answer_in_the_same_message()
    {
        var release = HoldAws();
        await _room.TypeAsync(Nikhil, Group);
        var progress = await _room.WhenAsync(Martha, message => message.IsUnderWay, "progress is shown");
        Assert.Contains(Group, progress.Words);
        Assert.Empty(progress.Buttons);
        release();
        var answer = await _room.AnswerAsync(Martha, "the answer is shown");
        Assert.Equal(progress.Id, answer.Id);
        Assert.Contains("1 of 2 services unused", answer.Words);
        Assert.Single(await SeenByAsync(Martha));
        Assert.Empty(Scene.Writes);
    }

    [Fact]
    public async Task Help_and_a_line_that_makes_no_sense_are_told_to_the_typist_alone_and_leave_no_card()
    {
        await _room.TypeAsync(Paulo, "help");
        Assert.Contains($"{_room.Command} policies", (await _room.HearAsync(Paulo, "the help is told")).Words);
        await _room.TypeAsync(Paulo, "undo");
        Assert.Contains("takes the id of one trim", (await _room.HearAsync(Paulo, "it is told what is wrong")).Words);
        var card = await _room.AskAsync(Paulo, Group);
        Assert.Equal(3, (await SeenByAsync(Paulo)).Count);
        Assert.Equal(card.Id, Assert.Single(await SeenByAsync(Martha)).Id);
    }

    [Fact]
    public async Task An_unknown_name_gets_the_nearest_ones_which_work_when_pressed()
    {
        var mistyped = await _room.AskAloneAsync(Nikhil, Group.Replace("ua", "au", StringComparison.Ordinal));
        await _room.PressAsync(Nikhil, mistyped, mistyped.Parts[0].Button($"group {Group}"));
        Assert.NotNull((await _room.AnswerAsync(Nikhil, "the nearest name is answered")).Suggestion(Title));
    }

    [Fact]
    public async Task An_ambiguous_name_gets_a_choice_which_works_when_pressed()
    {
        var which = await _room.AskAloneAsync(Nikhil, "data-science");
        Assert.Equal(["group data-science", "user data-science"], which.Buttons.Select(button => button.Label).Order());
        await _room.PressAsync(Nikhil, which, which.Parts[0].Button("user data-science"));
        Assert.StartsWith("User data-science", (await _room.AnswerAsync(Nikhil, "the choice is answered")).Parts[0].Title);
    }

    [Fact]
    public async Task Approving_removes_the_buttons_at_once_and_ends_with_who_decided_when_and_Undo()
    {
        var card = await _room.AskAsync(Nikhil, Group);
        var release = HoldAws();
        await _room.PressAsync(Maria, card, ChatRoom.Of(card, Title).Button("Approve"));
        var decided = await _room.WhenAsync(Nikhil, message => message.Id == card.Id && message.IsUnderWay, "the decision is shown");
        Assert.Contains("Approved by María García", ChatRoom.Of(decided, Title).Words);
        Assert.DoesNotContain(decided.Buttons, button => button.Label is "Approve" or "Dismiss" or "Undo");
        Assert.Empty(Scene.Writes);
        release();
        var applied = ChatRoom.Of(await _room.SaysAsync(Nikhil, card, Title, "approved by María García"), Title);
        Assert.Matches(@"Applied on \d{4}-\d\d-\d\d \d\d:\d\d UTC", applied.Words);
        Assert.Equal(["Undo"], Decisions(applied));
        Assert.Equal(["DetachGroupPolicy"], Scene.Writes);
        Assert.Equal(["Squads-Storage"], await AttachedAsync());
    }

    [Fact]
    public async Task Dismissing_says_who_did_and_changes_nothing()
    {
        var before = Scene.Account;
        var card = await _room.AskAsync(Paulo, Group);
        var approve = ChatRoom.Of(card, Title).Button("Approve");
        var dismissed = await _room.PressAsync(Maria, card, Title, "Dismiss", "Dismissed by María García");
        Assert.Empty(Decisions(ChatRoom.Of(dismissed, Title)));
        Assert.Contains("was dismissed by María García already", await _room.ToldAsync(Paulo, card, approve));
        Assert.Equal(ProposalState.Dismissed, (await ProposalAsync(approve)).State);
        Assert.Equal(before, Scene.Account);
        Assert.Empty(Scene.Writes);
    }

    [Fact]
    public async Task Undo_brings_the_account_back_exactly()
    {
        var before = Scene.Account;
        var card = await _room.AskAsync(Paulo, Group);
        var applied = await _room.PressAsync(Paulo, card, Title, "Approve", "Applied on");
        Assert.NotEqual(before, Scene.Account);
        var undone = await _room.PressAsync(Martha, applied, Title, "Undo", "Undone by Martha Rivera");
        Assert.Empty(Decisions(ChatRoom.Of(undone, Title)));
        Assert.Equal(before, Scene.Account);
        Assert.Equal(["DetachGroupPolicy", "AttachGroupPolicy"], Scene.Writes);
    }

    [Fact]
    public async Task Who_may_not_decide_hears_whom_to_ask_and_nothing_changes()
    {
        var card = await _room.AskAsync(Maria, Group);
        var told = await _room.ToldAsync(Nikhil, card, ChatRoom.Of(card, Title).Button("Approve"));
        Assert.Contains($"You may not decide about group {Group}", told);
        Assert.Contains("Ask María García or ", told);
        Assert.Contains("You may not decide", await _room.ToldAsync(Nikhil, card, ChatRoom.Of(card, Title).Button("Dismiss")));
        Assert.Equal(["Approve", "Dismiss"], Decisions(ChatRoom.Of(await SeenByAsync(Nikhil, card), Title)));
        Assert.Empty(Scene.Writes);
        Assert.DoesNotContain(await SeenByAsync(Martha), message => message.IsPrivate);
    }

    [Fact]
    public async Task Of_several_who_press_at_once_one_wins_and_the_others_hear_who()
    {
        var card = await _room.AskAsync(Nikhil, Group);
        var approve = ChatRoom.Of(card, Title).Button("Approve");
        Someone[] pressers = [Paulo, Martha, Maria, Paulo, Martha];
        await Task.WhenAll(pressers.Select(who => _room.PressAsync(who, card, approve)));
        var applied = await _room.SaysAsync(Nikhil, card, Title, "Applied on");
        var winner = pressers.First(who => ChatRoom.Of(applied, Title).Words.Contains($"approved by {ChatRoom.NameOf(who)}", StringComparison.Ordinal));
        foreach (var presses in pressers.GroupBy(who => who))
        {
            var told = (_room.TellsPressesApart ? presses.Count() : 1) - (presses.Key == winner ? 1 : 0);
            if (told == 0) continue;
            var heard = (await _room.ReadAsync(presses.Key, seen => seen.Count(message => message.IsPrivate) == told, $"{presses.Key} hears {told} times who was faster")).Where(message => message.IsPrivate);
            Assert.All(heard, message => Assert.Contains($"was approved by {ChatRoom.NameOf(winner)} already", message.Words));
        }
        Assert.Equal(["DetachGroupPolicy"], Scene.Writes);
        Assert.Single(await Scene.RecordAsync(IdIn(approve)), entry => entry.Event == "approved");
    }

    [Fact]
    public async Task The_same_press_delivered_again_has_one_effect()
    {
        var card = await _room.AskAsync(Nikhil, Group);
        var approve = ChatRoom.Of(card, Title).Button("Approve");
        await _room.PressAsync(Maria, card, approve, deliveries: 5);
        var applied = await _room.SaysAsync(Maria, card, Title, "Applied on");
        await _room.PressAsync(Maria, applied, ChatRoom.Of(applied, Title).Button("Undo"), deliveries: 5);
        await _room.SaysAsync(Maria, card, Title, "Undone by");
        Assert.Equal(["DetachGroupPolicy", "AttachGroupPolicy"], Scene.Writes);
        Assert.Equal(["approved", "undo-asked"], (await Scene.RecordAsync(IdIn(approve))).Where(entry => entry.Actor != "bot" && entry.Event != "proposed").Select(entry => entry.Event));
    }

    [Fact]
    public async Task A_press_that_comes_too_late_hears_what_happened()
    {
        var card = await _room.AskAsync(Paulo, Group);
        var approve = ChatRoom.Of(card, Title).Button("Approve");
        var applied = await _room.PressAsync(Paulo, card, Title, "Approve", "Applied on");
        Assert.Contains("was approved by Paulo Santos already and is applied", await _room.ToldAsync(Martha, card, approve));
        await _room.PressAsync(Paulo, applied, Title, "Undo", "Undone by");
        Assert.Contains("was undone already by Paulo Santos", await _room.ToldAsync(Martha, card, approve.Replace("approve:", "undo:", StringComparison.Ordinal)));
        Assert.Equal(["DetachGroupPolicy", "AttachGroupPolicy"], Scene.Writes);
    }

    [Fact]
    public async Task A_press_with_the_id_of_another_card_or_of_none_does_nothing_and_is_answered()
    {
        var card = await _room.AskAsync(Paulo, Group);
        var other = await _room.AskAsync(Paulo, ChatRoom.OtherGroup);
        var approve = ChatRoom.Of(card, Title).Button("Approve");
        Assert.Contains("does not belong to this card", await _room.ToldAsync(Paulo, other, approve));
        Assert.Contains("There is no proposal NOSUCHID", await _room.ToldAsync(Paulo, card, "approve:NOSUCHID"));
        Assert.Contains("nothing to undo", await _room.ToldAsync(Paulo, card, approve.Replace("approve:", "undo:", StringComparison.Ordinal)));
        Assert.Contains("This button means nothing to me", await _room.ToldAsync(Paulo, card, "launch:rockets"));
        Assert.Equal(ProposalState.Proposed, (await ProposalAsync(approve)).State);
        Assert.Empty(Scene.Writes);
    }

    [Fact]
    public async Task A_proposal_that_nobody_decided_in_time_is_refused()
    {
        var card = await _room.AskAsync(Paulo, Group);
        var approve = ChatRoom.Of(card, Title).Button("Approve");
        var proposal = await ProposalAsync(approve);
        Assert.Equal(ChatRoom.ExpireAfter, proposal.ExpiresAt - proposal.ProposedAt);
        await Scene.ExpireAsync(proposal.Id);
        Assert.Contains($"{proposal.Id} expired on", await _room.ToldAsync(Paulo, card, approve));
        Assert.Empty(Decisions(ChatRoom.Of(await _room.SaysAsync(Paulo, card, Title, "nobody decided"), Title)));
        Assert.Equal(ProposalState.Expired, (await ProposalAsync(approve)).State);
        Assert.Empty(Scene.Writes);
    }

    [Theory]
    [InlineData("<!channel>", "channel")]
    [InlineData("<https://example.com|click>", "click")]
    [InlineData("*bold*", "bold")]
    [InlineData("_~slanted~_", "slanted")]
    [InlineData("`code`", "code")]
    [InlineData("<b>html</b>", "html")]
    [InlineData("&lt;&amp;entities", "entities")]
    public async Task A_name_with_markup_stays_text(string name, string letters)
    {
        var card = await _room.AskAloneAsync(Paulo, $"  {name}   ");
        var lines = card.Words.Split('\n').Where(line => line.Contains(letters, StringComparison.Ordinal));
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains(name, line));
    }

    [Fact]
    public async Task A_failed_report_is_told_in_AWSs_words_which_stay_text_and_Retry_asks_again()
    {
        const string Words = "Nobody <!here> can *read* so <b>much</b> & more.";
        Scene.Fault(faults => faults with { FailingReports = faults.FailingReports.Add($"arn:aws:iam::123456789012:group/{Group}", new ReportFailure("ReportTooBig", Words)) });
        var failed = await _room.AskAloneAsync(Nikhil, Group);
        Assert.Contains("ReportTooBig", failed.Words);
        Assert.Contains(Words, failed.Words);
        Assert.Equal(["Retry"], failed.Buttons.Select(button => button.Label));
        Scene.Aws.Faults.Clear();
        await _room.PressAsync(Nikhil, failed, failed.Parts[0].Button("Retry"));
        Assert.NotNull((await _room.AnswerAsync(Nikhil, "the second try is answered")).Suggestion(Title));
    }

    [Fact]
    public async Task A_card_with_very_many_services_shows_every_decision()
    {
        var card = await _room.AskAsync(Paulo, ContractAccount.ManyHats);
        Assert.Matches("37[0-9] of 37[0-9] services unused", card.Words);
        var proposals = await Scene.OpenAsync($"user {ContractAccount.ManyHats}");
        Assert.Equal(11, proposals.Length);
        string[] Presses(string press) => [.. proposals.Select(proposal => $"{press}:{proposal.Id}").Order()];
        Assert.Equal(Presses("approve"), card.Buttons.Where(button => button.Label == "Approve").Select(button => button.Value).Order());
        Assert.Equal(Presses("dismiss"), card.Buttons.Where(button => button.Label == "Dismiss").Select(button => button.Value).Order());
        Assert.All(proposals, proposal => Assert.NotNull(card.Suggestion(proposal.Trim.Title.ToString())));
    }

    [Fact]
    public async Task A_card_still_works_after_the_process_was_replaced()
    {
        var before = Scene.Account;
        var card = await _room.AskAsync(Paulo, Group);
        await _room.RestartAsync();
        var applied = await _room.PressAsync(Maria, card, Title, "Approve", "approved by María García");
        Assert.Equal(["Squads-Storage"], await AttachedAsync());
        await _room.PressAsync(Maria, applied, Title, "Undo", "Undone by María García");
        Assert.Equal(before, Scene.Account);
    }

    [Fact]
    public async Task Everybody_in_the_conversation_sees_the_same_card()
    {
        var card = await _room.AskAsync(Nikhil, Group);
        foreach (var who in Enum.GetValues<Someone>()) Assert.Equal(card.ToString(), (await SeenByAsync(who, card)).ToString());
        var applied = await _room.PressAsync(Maria, card, Title, "Approve", "Applied on");
        await Scene.WhenShownAsync(card.Id);
        applied = await SeenByAsync(Maria, applied);
        foreach (var who in Enum.GetValues<Someone>()) Assert.Equal(applied.ToString(), (await SeenByAsync(who, card)).ToString());
    }

    private Task<IReadOnlyCollection<SeenMessage>> SeenByAsync(Someone who) => _room.ReadAsync(who, _ => true, "anything is seen");

    private async Task<SeenMessage> SeenByAsync(Someone who, SeenMessage message) => (await SeenByAsync(who)).Single(one => one.Id == message.Id);

    private static IEnumerable<string> Decisions(SeenPart part) => part.Buttons.Select(button => button.Label).Where(label => label is "Approve" or "Dismiss" or "Undo");

    private static string IdIn(string value) => value.Split(':')[1];

    private Task<Proposal> ProposalAsync(string value) => Scene.ProposalAsync(IdIn(value));

    private async Task<IEnumerable<string>> AttachedAsync() =>
        (await Scene.Somebody.ListAttachedGroupPoliciesAsync(Group, TestContext.Current.CancellationToken)).Select(policy => policy.PolicyName);

    /// <summary>AWS answers nothing until the returned action is called.</summary>
    private Action HoldAws()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Scene.Aws.Faults.Watcher = _ => held.Task;
        return () =>
        {
            Scene.Aws.Faults.Watcher = null;
            held.SetResult();
        };
    }
}
