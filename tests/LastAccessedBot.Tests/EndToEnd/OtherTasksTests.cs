using LastAccessedBot.Core.Approvals;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>S7: inline policies, permissions boundaries, idle members, and several suggestions at once. Typed at the console of a real host, seen in the account.</summary>
[Collection(nameof(EndToEnd))]
public sealed class OtherTasksTests : IAsyncLifetime
{
    private const string Together = "2 trims of user nikhilj together";

    private Scene _scene = null!;

    private BotProcess Bot => _scene.Bot;

    public async ValueTask InitializeAsync() => _scene = await Scene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task S7_An_inline_policy_becomes_a_managed_one_and_an_inline_one_again()
    {
        const string Title = "Make inline policy read-images of role image-resizer a managed policy";
        var before = _scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused convert role image-resizer");
        Assert.Contains("Inline policies of role image-resizer: 2 policies", review.Card!.Text());
        Assert.Contains("nobody: what is allowed and denied stays the same.", review.Card!.Section(Title).Text());
        var done = await ThereAndBackAsync(review, Title, before, ["CreatePolicy", "AttachRolePolicy", "DeleteRolePolicy"], ["PutRolePolicy", "DetachRolePolicy", "DeletePolicy"], account =>
        {
            Assert.Contains("arn:aws:iam::123456789012:policy/read-images", account);
            Assert.DoesNotContain("inline read-images", account);
        });
        Assert.Contains("Undone by", done);
    }

    [Fact]
    public async Task What_IAM_has_not_told_all_its_servers_yet_is_asked_for_again()
    {
        const string Title = "Make inline policy read-images of role image-resizer a managed policy";
        var review = await Bot.AskAsync(Paulo, "/unused convert role image-resizer");
        _scene.Fault(faults => faults with { NotFoundNext = faults.NotFoundNext.Add("iam:AttachRolePolicy", 2) });
        await Bot.PressAsync(Martha, review, Title, "Approve", "Applied on");
        Assert.Equal(["CreatePolicy", "AttachRolePolicy", "DeleteRolePolicy"], _scene.Writes);
        _scene.Fault(faults => faults with { NotFoundNext = faults.NotFoundNext.Add("iam:DetachUserPolicy", 1) });
        review = await Bot.AskAsync(Paulo, "/unused user nikhilj");
        // Nothing was made in this run: what AWS does not find is gone.
        await Bot.PressAsync(Martha, review, "Detach IAMFullAccess", "Approve", "and failed");
    }

    [Fact]
    public async Task S7_A_user_is_capped_at_what_it_uses_and_uncapped()
    {
        const string Title = "Cap user nikhilj at what it uses";
        var before = _scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused user nikhilj");
        Assert.Equal("run:/unused cap user nikhilj 90d", review.Card!.Choice("Cap at what it uses"));
        review = await Bot.AskAsync(Paulo, "/unused cap user nikhilj 90d");
        Assert.Contains("A cap for user nikhilj: ", review.Card!.Text());
        Assert.Contains("Whatever somebody gives nikhilj later is capped, too", review.Card!.Text());
        await ThereAndBackAsync(review, Title, before, ["CreatePolicy", "PutUserPermissionsBoundary"], ["DeleteUserPermissionsBoundary", "DeletePolicy"], account =>
        {
            Assert.Contains("nikhilj boundary: arn:aws:iam::123456789012:policy/cap-user-nikhilj", account);
            Assert.Contains("s3:*", _scene.Aws.Account.Document("cap-user-nikhilj"));
        });
    }

    [Fact]
    public async Task S7_A_cap_that_is_there_gives_way_to_a_narrower_one_and_comes_back()
    {
        const string Title = "Cap user terry-whitlock at what it uses";
        var before = _scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused cap user terry-whitlock");
        Assert.Contains("takes the place of the boundary Boundary-Engineering", review.Card!.Section(Title).Text());
        await ThereAndBackAsync(review, Title, before, ["CreatePolicy", "PutUserPermissionsBoundary"], ["PutUserPermissionsBoundary", "DeletePolicy"],
            account => Assert.Contains("terry-whitlock boundary: arn:aws:iam::123456789012:policy/cap-user-terry-whitlock", account));
    }

    [Fact]
    public async Task S7_An_idle_member_leaves_the_group_and_comes_back()
    {
        const string Title = "Remove user richard-roe from group Development";
        var before = _scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused members group Development");
        Assert.StartsWith("1 of 12 members of group Development used nothing of it in 90 days", review.Card!.Text(), StringComparison.Ordinal);
        await ThereAndBackAsync(review, Title, before, ["RemoveUserFromGroup"], ["AddUserToGroup"], account => Assert.NotEqual(before, account));
    }

    [Fact]
    public async Task Whoever_uses_a_part_of_what_a_group_gives_is_not_idle_and_only_who_looks_idle_gets_a_report_of_their_own()
    {
        _scene.Aws.Calls.Clear();
        var review = await Bot.AskAsync(Paulo, "/unused members group app-dev");
        Assert.StartsWith("0 of 5 members of group app-dev", review.Card!.Text(), StringComparison.Ordinal);
        Assert.Equal(1, _scene.Aws.Calls.Count("iam:GenerateServiceLastAccessedDetails"));
    }

    [Fact]
    public async Task Several_suggestions_take_one_approval_and_one_undo()
    {
        var before = _scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused user nikhilj");
        var press = review.Card!.Choice("Approve 2 together");
        Assert.StartsWith("together:", press, StringComparison.Ordinal);
        var parts = ((ChoiceId.Together)ChoiceId.Read(press)!).ProposalIds;

        await Bot.PressAsync(Martha, review.Id, press);
        var done = await Bot.WhenAsync(review.Id, card => !card.IsUnderWay() && card.Sections().Any(section => section.Title.ToString() == Together && section.Text().Contains("Applied on", StringComparison.Ordinal)), Martha);
        Assert.Equal(["RemoveUserFromGroup", "DetachUserPolicy"], _scene.Writes);
        Assert.All(parts, id => Assert.DoesNotContain(id, done.Card!.Text()));
        foreach (var id in parts) Assert.Equal(ProposalState.Superseded, (await _scene.ProposalAsync(id)).State);
        Assert.Contains("together with others", await Bot.ToldAsync(Martha, review.Id, $"approve:{parts[0]}"));
        Assert.Contains("together with others", await Bot.ToldAsync(Paulo, review.Id, press));

        await _scene.WhenShownAsync(review.Id);
        await Bot.PressAsync(Paulo, done, Together, "Undo", "Undone by Paulo Santos");
        Assert.Equal(["RemoveUserFromGroup", "DetachUserPolicy", "AttachUserPolicy", "AddUserToGroup"], _scene.Writes);
        Assert.Equal(before, _scene.Account);
        // What was undone comes back when somebody asks, and not by itself.
        await _scene.WhenShownAsync(review.Id);
        Assert.Empty(await _scene.OpenAsync("user nikhilj"));
        var record = await _scene.RecordAboutAsync("user nikhilj");
        Assert.Equal(2, record.Count(entry => entry.Event == "joined"));
        Assert.Single(record, entry => entry.Event == "approved");
    }

    [Fact]
    public async Task Several_at_once_are_refused_like_each_of_them()
    {
        var review = await Bot.AskAsync(Paulo, "/unused user nikhilj");
        var press = review.Card!.Choice("Approve 2 together");
        Assert.Contains("You may not decide about user nikhilj", await Bot.ToldAsync(Nikhil, review.Id, press));
        var other = await Bot.AskAsync(Paulo, "/unused app-dev");
        Assert.Contains("do not stand on this card", await Bot.ToldAsync(Martha, other.Id, press));
        Assert.Contains("do not stand on this card", await Bot.ToldAsync(Martha, review.Id, "together:AAAAAAAA+BBBBBBBB"));
        await Bot.PressAsync(Martha, review, "Detach IAMFullAccess", "Dismiss", "Dismissed by");
        Assert.Contains("was dismissed by Martha Rivera already", await Bot.ToldAsync(Martha, review.Id, press));
        Assert.DoesNotContain("together", (await Bot.WhenAsync(review.Id, card => card.Choices.All(choice => !choice.Label.StartsWith("Approve", StringComparison.Ordinal)), Martha)).Card!.Text());
        Assert.Empty(_scene.Writes);
    }

    [Fact]
    public async Task What_changed_since_the_card_voids_all_of_them()
    {
        var review = await Bot.AskAsync(Paulo, "/unused user nikhilj");
        var press = review.Card!.Choice("Approve 2 together");
        await _scene.Somebody.AddUserToGroupAsync("security-team", "maria-garcia", CancellationToken.None);
        await Bot.PressAsync(Martha, review.Id, press);
        var card = await Bot.WhenAsync(review.Id, card => card.Sections().Any(section => section.Title.ToString() == Together && section.Text().Contains("nothing was changed", StringComparison.Ordinal)) && card.Choices.Any(choice => choice.Label == "Approve 2 together"), Martha);
        Assert.Contains("Somebody changed the account since the card was made", card.Card!.Text());
        Assert.Empty(_scene.Writes);
        Assert.NotEqual(press, card.Card!.Choice("Approve 2 together"));
    }

    [Fact]
    public async Task Two_who_approve_several_at_once_have_one_effect()
    {
        var review = await Bot.AskAsync(Paulo, "/unused user nikhilj");
        var press = review.Card!.Choice("Approve 2 together");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Bot.PressAsync(number % 2 == 0 ? Martha : Paulo, review.Id, press)));
        await Bot.WhenAsync(review.Id, card => !card.IsUnderWay() && card.Sections().Any(section => section.Title.ToString() == Together && section.Text().Contains("Applied on", StringComparison.Ordinal)), Martha);
        Assert.Equal(["RemoveUserFromGroup", "DetachUserPolicy"], _scene.Writes);
        Assert.Single(await _scene.RecordAboutAsync("user nikhilj"), entry => entry.Event == "approved");
    }

    private async Task<string> ThereAndBackAsync(ChatMessage review, string title, string before, string[] apply, string[] undo, Action<string> applied)
    {
        var done = await Bot.PressAsync(Martha, review, title, "Approve", "Applied on");
        Assert.Equal(apply, _scene.Writes);
        applied(_scene.Account);
        await _scene.WhenShownAsync(review.Id);
        done = await Bot.PressAsync(Martha, done, title, "Undo", "Undone by");
        Assert.Equal([.. apply, .. undo], _scene.Writes);
        Assert.Equal(before, _scene.Account);
        return done.Card!.Text();
    }
}
