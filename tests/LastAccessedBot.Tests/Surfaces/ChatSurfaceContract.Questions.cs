using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Tests.EndToEnd;
using static LastAccessedBot.Tests.Surfaces.Someone;

namespace LastAccessedBot.Tests.Surfaces;

/// <content>Questions besides what is unused, and several suggestions at once.</content>
public abstract partial class ChatSurfaceContract
{
    [Theory]
    [InlineData("members group Development", "Remove user richard-roe from group Development", new[] { "RemoveUserFromGroup" })]
    [InlineData("cap user terry-whitlock", "Cap user terry-whitlock at what it uses", new[] { "CreatePolicy", "PutUserPermissionsBoundary" })]
    [InlineData("convert role image-resizer", "Make inline policy read-images of role image-resizer a managed policy", new[] { "CreatePolicy", "AttachRolePolicy", "DeleteRolePolicy" })]
    public async Task Each_question_is_answered_approved_and_undone(string line, string suggestion, string[] changes)
    {
        var before = Scene.Account;
        var card = await _room.AskAsync(Paulo, line);
        var applied = await _room.PressAsync(Martha, card, suggestion, "Approve", "approved by Martha Rivera");
        Assert.Equal(changes, Scene.Writes);
        await _room.PressAsync(Martha, applied, suggestion, "Undo", "Undone by Martha Rivera");
        Assert.Equal(before, Scene.Account);
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
}
