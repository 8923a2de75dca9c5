using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Sandbox.Faults;
using LastAccessedBot.Sandbox.Model;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>S5: before deleting. Typed at the console of a real host, seen in the account.</summary>
[Collection(nameof(EndToEnd))]
public sealed class DeletionTests : IAsyncLifetime
{
    private const string Wang = "wang-xiulan", DeleteWang = "Delete user wang-xiulan", Deactivate = "Deactivate user wang-xiulan";

    private static readonly string[] s_wangGoes =
    [
        "DetachUserPolicy", "DeleteUserPolicy", "RemoveUserFromGroup",
        "DeleteLoginProfile", "DeactivateMFADevice", "DeleteAccessKey", "DeleteAccessKey", "DeleteSSHPublicKey", "DeleteSigningCertificate", "DeleteServiceSpecificCredential",
        "DeleteUser",
    ];

    private Scene _scene = null!;

    private BotProcess Bot => _scene.Bot;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await Scene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task S5_A_user_who_left_is_deactivated_then_deleted_and_comes_back_without_what_nothing_brings_back()
    {
        var (before, lasting) = (_scene.Account, _scene.AccountWithoutCredentials);
        var review = await Bot.AskAsync(Paulo, "/unused delete user wang-xiulan");
        var text = review.Card!.Text();
        Assert.Contains("Before deleting user wang-xiulan: unused in 90 days", text);
        Assert.Contains("Access key AKIAWANGXIULAN000001 (active) | unused | ", text);
        Assert.Contains("(240 days ago) | sqs", text);
        Assert.Contains("Groups: contractors", text);
        Assert.Contains("Nothing brings back: the password of user wang-xiulan, ", text);
        Assert.Contains("access key AKIAWANGXIULAN000002", review.Card!.Section(DeleteWang).Text());

        var off = await Bot.PressAsync(Martha, review, Deactivate, "Approve", "Applied on");
        Assert.Equal(["UpdateAccessKey"], _scene.Writes);
        Assert.Contains("credential AKIAWANGXIULAN000001: Inactive", _scene.Account);
        Assert.Contains("credential password", _scene.Account);
        await _scene.WhenShownAsync(review.Id);
        await Bot.PressAsync(Martha, off, Deactivate, "Undo", "Undone by");
        Assert.Equal(before, _scene.Account);
        await _scene.WhenShownAsync(review.Id);

        _scene.Aws.Calls.Clear();
        var gone = await ApprovedAsync(Martha, review, DeleteWang, Wang, "Applied on");
        Assert.Equal(s_wangGoes, _scene.Writes);
        Assert.DoesNotContain(Wang, string.Join('\n', _scene.Account.Split('\n').Where(line => !line.Contains("arn:aws:sqs", StringComparison.Ordinal))));

        _scene.Aws.Calls.Clear();
        await _scene.WhenShownAsync(review.Id);
        var back = await Bot.PressAsync(Paulo, gone, DeleteWang, "Undo", "Undone by Paulo Santos");
        Assert.Contains("Not brought back: the password of user wang-xiulan, ", back.Card!.Section(DeleteWang).Text());
        Assert.Equal(["CreateUser", "AddUserToGroup", "PutUserPolicy", "AttachUserPolicy"], _scene.Writes);
        Assert.Equal(lasting, _scene.AccountWithoutCredentials);
        Assert.NotEqual(before, _scene.Account);
        var again = await Bot.AskAsync(Paulo, "/unused delete user wang-xiulan");
        Assert.Contains("wang-xiulan exists only since", again.Card!.Text());
        Assert.Contains("Not brought back", Assert.Single(await Bot.SayAsync(Paulo, "/unused history wang-xiulan")).Card!.Text());
    }

    [Fact]
    public async Task A_deletion_takes_the_name_and_a_second_person()
    {
        var review = await Bot.AskAsync(Paulo, "/unused delete user wang-xiulan");
        var approve = review.Card!.Section(DeleteWang).Choice("Approve");
        foreach (var inputs in new object?[] { null, new { name = "" }, new { name = "Wang-Xiulan" } })
        {
            using var answer = await Bot.Http.PostAsJsonAsync("/api/console/actions", new { user = Martha, message = review.Id, choice = approve, inputs }, Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("Type `wang-xiulan`, letter for letter", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString());
        }
        Assert.Contains("second pair of eyes", await Bot.ToldAsync(Paulo, review.Id, approve, new { name = Wang }));
        Assert.Contains("You may not decide", await Bot.ToldAsync(Nikhil, review.Id, approve, new { name = Wang }));
        Assert.Empty(_scene.Writes);
        Assert.Equal(ProposalState.Proposed, (await _scene.ProposalAsync(approve["approve:".Length..])).State);
    }

    [Fact]
    public async Task S5_A_group_that_nobody_uses_goes_and_comes_back_with_its_members()
    {
        const string Title = "Delete group reporting";
        var before = _scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused delete group reporting");
        Assert.Contains("Members: alejandro-rosalez", review.Card!.Text());
        var gone = await ApprovedAsync(Martha, review, Title, "reporting", "Applied on");
        Assert.Equal(["RemoveUserFromGroup", "DetachGroupPolicy", "DeleteGroup"], _scene.Writes);
        Assert.DoesNotContain("group/reporting", _scene.Account);
        _scene.Aws.Calls.Clear();
        await Bot.PressAsync(Paulo, gone, Title, "Undo", "Undone by");
        Assert.Equal(["CreateGroup", "AttachGroupPolicy", "AddUserToGroup"], _scene.Writes);
        Assert.Equal(before, _scene.Account);
    }

    [Fact]
    public async Task S5_A_role_that_nobody_assumed_goes_and_comes_back_as_it_was_with_its_cap_first()
    {
        const string Title = "Delete role nightly-export";
        var before = _scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused delete role nightly-export");
        Assert.Contains("Instance profiles: nightly-export", review.Card!.Text());
        Assert.Contains("by its unique id", review.Card!.Section(Title).Text());
        var gone = await ApprovedAsync(Martha, review, Title, "nightly-export", "Applied on");
        Assert.Equal(["DeleteRolePolicy", "DetachRolePolicy", "RemoveRoleFromInstanceProfile", "DeleteRole"], _scene.Writes);
        Assert.DoesNotContain("nightly-export", _scene.Account);
        _scene.Aws.Calls.Clear();
        await Bot.PressAsync(Paulo, gone, Title, "Undo", "Undone by");
        Assert.Equal(["CreateRole", "AddRoleToInstanceProfile", "AttachRolePolicy", "PutRolePolicy"], _scene.Writes);
        Assert.Equal(before, _scene.Account);
        Assert.Contains("session duration: 7200", before);
    }

    [Theory]
    [InlineData("user nikhilj", "Used within the last 90 days: Password on")]
    [InlineData("user last-accessed-bot", "leave user last-accessed-bot alone")]
    [InlineData("user wang-xiulan 300d", "Used within the last 300 days")]
    [InlineData("group app-dev", "Used within the last 90 days: Amazon S3 on")]
    [InlineData("group contractors", "Deny-Outside-Europe denies something to the members")]
    [InlineData("role pipeline", "Terraform manages Terraform-Pipeline-Artifacts")]
    [InlineData("role message-pump", "Used within the last 90 days: Sessions of the role on")]
    [InlineData("role AWSServiceRoleForSupport", "service-linked role")]
    [InlineData("role new-checkout-service", "new-checkout-service exists only since")]
    [InlineData("role old-build-server", "Terraform manages Terraform-Pipeline-Artifacts")]
    [InlineData("policy ExamplePolicy1", "Used within the last 90 days: Amazon DynamoDB on")]
    public async Task What_is_in_use_or_kept_or_unknown_has_no_button(string what, string why)
    {
        var review = await Bot.AskAsync(Paulo, $"/unused delete {what}");
        Assert.Contains("Withheld: Delete ", review.Card!.Text());
        Assert.Contains(why, review.Card!.Text());
        Assert.DoesNotContain(review.Card!.Sections(), section => section.Choices.Any(choice => choice.Label == "Approve"));
    }

    [Fact]
    public async Task An_empty_group_goes_and_a_name_that_nobody_has_leads_to_those_near_it()
    {
        Assert.Equal("Delete group empty-handed", (await Bot.AskAsync(Paulo, "/unused delete group empty-handed")).Card!.Section("Delete").Title.ToString());
        var near = await Bot.AskAsync(Paulo, "/unused delete group empty-hands");
        Assert.Contains("run:/unused delete group empty-handed 90d", near.Card!.Text());
    }

    [Fact]
    public async Task Use_or_change_between_card_and_click_voids_the_approval()
    {
        var review = await Bot.AskAsync(Paulo, "/unused delete user wang-xiulan");
        _scene.Aws.Account.Change(state => state.Users[Wang].AccessKeys[0] = new AccessKey { Id = "AKIAWANGXIULAN000001", LastUsed = When.DaysAgo(0) });
        var drifted = await ApprovedAsync(Martha, review, DeleteWang, Wang, "nothing was changed");
        Assert.Contains("Today's evidence no longer suggests it", drifted.Card!.Text());

        var group = await Bot.AskAsync(Paulo, "/unused delete group empty-handed");
        await _scene.Somebody.AddUserToGroupAsync("empty-handed", "jane-doe", Cancellation);
        await ApprovedAsync(Martha, group, "Delete group empty-handed", "empty-handed", "Somebody changed the account");
        Assert.Empty(_scene.Writes);
    }

    [Fact]
    public async Task What_fails_before_the_first_loss_is_rolled_back_whole_and_what_fails_after_it_says_what_is_lost()
    {
        var (before, lasting) = (_scene.Account, _scene.AccountWithoutCredentials);
        var review = await Bot.AskAsync(Paulo, "/unused delete user wang-xiulan");
        _scene.Fault(settings => settings with { AccessDenied = ["iam:DeleteLoginProfile"] });
        await ApprovedAsync(Martha, review, DeleteWang, Wang, "The steps before it were taken back.");
        Assert.Equal(before, _scene.Account);

        _scene.Fault(settings => settings with { AccessDenied = ["iam:DeleteUser"] });
        await _scene.WhenShownAsync(review.Id);
        var failed = await ApprovedAsync(Martha, await Bot.AskAsync(Paulo, "/unused delete user wang-xiulan"), DeleteWang, Wang, "Step 11 of 11 failed");
        Assert.Contains("The steps before it were taken back. Nothing brings back: the password of user wang-xiulan, ", failed.Card!.Section(DeleteWang).Text());
        Assert.Equal(lasting, _scene.AccountWithoutCredentials);
        Assert.NotEqual(before, _scene.Account);
    }

    [Theory]
    [InlineData("iam:DetachUserPolicy", CallPhase.CarriedOut)]
    [InlineData("iam:DeleteAccessKey", CallPhase.Arrived)]
    [InlineData("iam:DeleteAccessKey", CallPhase.CarriedOut)]
    [InlineData("iam:DeleteUser", CallPhase.CarriedOut)]
    public async Task Killed_on_its_way_the_host_completes_the_deletion_once(string operation, CallPhase phase)
    {
        var review = await Bot.AskAsync(Paulo, "/unused delete user wang-xiulan");
        var section = review.Card!.Section(DeleteWang);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var dead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _scene.Aws.Faults.Watcher = async call =>
        {
            if (call.Operation != operation || call.Phase != phase) return;
            _scene.Aws.Faults.Watcher = null;
            reached.SetResult();
            await dead.Task;
            throw new CallDroppedException();
        };
        await Bot.PressAsync(Martha, review.Id, section.Choice("Approve"), new { name = Wang });
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Bot.Kill();
        dead.SetResult();
        await _scene.RestartAsync();
        await Bot.WhenAsync(review.Id, card => !card.IsUnderWay() && card.Section(DeleteWang).Text().Contains("Applied on", StringComparison.Ordinal), Martha);
        Assert.Equal(s_wangGoes, _scene.Writes);
    }

    [Fact]
    public async Task Undo_refuses_when_somebody_took_the_name()
    {
        var review = await Bot.AskAsync(Paulo, "/unused delete group empty-handed");
        var gone = await ApprovedAsync(Martha, review, "Delete group empty-handed", "empty-handed", "Applied on");
        await _scene.Somebody.CreateGroupAsync("empty-handed", "/", Cancellation);
        _scene.Aws.Calls.Clear();
        await Bot.PressAsync(Paulo, gone, "Delete group empty-handed", "Undo", "Undo refused, nothing was changed");
        Assert.Empty(_scene.Writes);
    }

    private async Task<ChatMessage> ApprovedAsync(string person, ChatMessage on, string title, string name, string outcome)
    {
        var section = on.Card!.Section(title);
        await Bot.PressAsync(person, on.Id, section.Choice("Approve"), new { name });
        return await Bot.WhenAsync(on.Id, card => !card.IsUnderWay() && card.Sections().Any(one => one.Id == section.Id && one.Text().Contains(outcome, StringComparison.Ordinal)), person);
    }
}
