using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Tests.EndToEnd;
using static LastAccessedBot.Tests.Surfaces.Someone;

namespace LastAccessedBot.Tests.Surfaces;

/// <content>Questions besides what is unused, and several suggestions at once.</content>
public abstract partial class ChatSurfaceContract
{
    [Theory]
    [MemberData(nameof(AccountTask.Names), MemberType = typeof(AccountTask))]
    public async Task Each_task_is_approved_and_undone_and_the_aws_command_sees_both(string name)
    {
        var task = AccountTask.All[name];
        var (before, seen) = (task.IsLossless ? Scene.Account : Scene.AccountWithoutCredentials, await SeenAsync(task));
        var card = await _room.AskAsync(Paulo, task.Line);
        if (task.Typed is null) await _room.PressAsync(Martha, card, ChatRoom.Of(card, task.Suggestion).Button("Approve"));
        else await _room.FillInAsync(Martha, card, ChatRoom.Of(card, task.Suggestion).Button("Approve"), "name", task.Typed);
        var applied = await _room.SaysAsync(Martha, card, task.Suggestion, "approved by Martha Rivera");
        Assert.Equal(task.Changes, Scene.Writes);
        var changed = await SeenAsync(task);
        await _room.PressAsync(Martha, applied, task.Suggestion, "Undo", "Undone by Martha Rivera");
        Assert.Equal(before, task.IsLossless ? Scene.Account : Scene.AccountWithoutCredentials);
        var back = await SeenAsync(task);
        if (!_room.IsSeenFromOutside) return;
        // Lived through all the same.
        Assert.SkipWhen(seen is null || changed is null, AwsCommand.NotInstalled);
        Assert.Equal(seen, back);
        AssertOnlyIn(seen, changed, task.Goes);
        AssertOnlyIn(changed, seen, task.Comes);
    }

    [Fact]
    public async Task Several_suggestions_take_one_approval_and_one_undo()
    {
        const string Together = $"2 trims of group {ContractAccount.Pair} together";
        var before = Scene.Account;
        var card = await _room.AskAsync(Paulo, ContractAccount.Pair);
        var press = card.Buttons.Single(button => button.Label == "Approve 2 together").Value;
        await _room.PressAsync(Martha, card, press);
        var applied = await _room.SaysAsync(Martha, card, Together, "approved by Martha Rivera");
        Assert.Equal(["DetachGroupPolicy", "DetachGroupPolicy"], Scene.Writes);
        Assert.DoesNotContain(applied.Buttons, button => button.Label.StartsWith("Approve 2", StringComparison.Ordinal));
        await _room.PressAsync(Martha, applied, Together, "Undo", "Undone by Martha Rivera");
        Assert.Equal(before, Scene.Account);
    }

    [Fact]
    public async Task Several_at_once_are_ruled_on_like_each_of_them()
    {
        var card = await _room.AskAsync(Paulo, ContractAccount.OtherPair);
        var press = card.Buttons.Single(button => button.Label == "Approve 2 together").Value;
        Assert.Contains("You may not decide", await _room.ToldAsync(Nikhil, card, press));
        Assert.Empty(Scene.Writes);
        Assert.All(await Scene.OpenAsync($"group {ContractAccount.OtherPair}"), proposal => Assert.Equal(ProposalState.Proposed, proposal.State));
    }

    private Task<string?> SeenAsync(AccountTask task) => _room.IsSeenFromOutside ? task.SeenAsync(Scene.Aws) : Task.FromResult<string?>(null);

    private static void AssertOnlyIn(string one, string other, string? words)
    {
        if (words is null) return;
        Assert.Contains(words, one);
        Assert.DoesNotContain(words, other);
    }
}
