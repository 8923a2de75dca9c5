using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox.Faults;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>When things go wrong: S9 of the scenarios, at a real host.</summary>
[Collection(nameof(EndToEnd))]
public sealed class TroubleTests : IAsyncLifetime
{
    private const string Detach = "Detach App-Dev-ElasticTranscoder", Transcoder = "arn:aws:iam::123456789012:policy/App-Dev-ElasticTranscoder";
    private const string Narrow = "Narrow ExamplePolicy1", Example = "arn:aws:iam::123456789012:policy/ExamplePolicy1";

    private Scene scene = null!;

    private BotProcess Bot => scene.Bot;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => scene = await Scene.StartAsync(TrimCase.Account());

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task A_missing_permission_is_named_whether_it_is_for_reading_or_for_writing()
    {
        scene.Fault(faults => faults with { AccessDenied = ["iam:GetGroup"] });
        var refused = await Bot.AskAsync(Nikhil, "/unused app-dev");
        Assert.Contains("iam:GetGroup", refused.Card!.Text());
        scene.Fault(faults => faults with { AccessDenied = ["iam:DetachGroupPolicy"] });
        var before = scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused app-dev");
        var failed = await Bot.PressAsync(Paulo, review, Detach, "Approve", "and failed");
        var text = failed.Card!.Sections().First(section => section.Text().Contains("and failed", StringComparison.Ordinal)).Text();
        Assert.Contains("iam:DetachGroupPolicy", text);
        Assert.Contains("Nothing was changed", text);
        Assert.Equal(before, scene.Account);
        Assert.Empty(scene.Writes);
    }

    [Fact]
    public async Task A_policy_edited_between_card_and_click_voids_the_approval()
    {
        var review = await Bot.AskAsync(Paulo, "/unused policy ExamplePolicy1");
        await scene.Somebody.CreatePolicyVersionAsync(Example, """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:ListBucket","ec2:*"],"Resource":"*"}]}""", true, Cancellation);
        await VoidedAsync(review, Narrow);
    }

    [Fact]
    public async Task A_member_added_between_card_and_click_voids_the_approval()
    {
        var review = await Bot.AskAsync(Paulo, "/unused app-dev");
        await scene.Somebody.AddUserToGroupAsync("app-dev", "akua-mansa", Cancellation);
        var renewed = await VoidedAsync(review, Detach);
        // The suggestion itself stands, on today's facts, as a new proposal.
        renewed = await Bot.WhenAsync(renewed.Id, card => card.Sections().Any(section => section.Title.ToString().StartsWith(Detach, StringComparison.Ordinal) && section.Choices.Any(choice => choice.Label == "Approve")), Paulo);
        Assert.Contains("6 members", renewed.Card!.Section(Detach).Text());
        await Bot.PressAsync(Paulo, renewed, Detach, "Approve", "Applied on");
        Assert.Equal(["DetachGroupPolicy"], scene.Writes);
    }

    [Fact]
    public async Task A_policy_deleted_between_card_and_click_voids_the_approval()
    {
        var (review, policies) = (await Bot.AskAsync(Paulo, "/unused app-dev"), await Bot.AskAsync(Nikhil, "/unused policy Old-Experiment-1"));
        await scene.Somebody.DetachGroupPolicyAsync("app-dev", Transcoder, Cancellation);
        await scene.Somebody.DeletePolicyAsync(Transcoder, Cancellation);
        const string Old = "arn:aws:iam::123456789012:policy/old/Old-Experiment-1";
        await scene.Somebody.DeletePolicyVersionAsync(Old, "v1", Cancellation);
        await scene.Somebody.DeletePolicyAsync(Old, Cancellation);
        await VoidedAsync(review, Detach);
        await VoidedAsync(policies, "Delete the policy Old-Experiment-1");
    }

    [Fact]
    public async Task What_AWS_refuses_half_way_is_rolled_back_and_the_record_has_every_step()
    {
        const string Title = "Detach Legacy-Reporting from all 5 identities";
        var before = scene.Account;
        for (var failing = 1; failing <= 5; failing++)
        {
            scene.Aws.Calls.Clear();
            var review = await Bot.AskAsync(Paulo, "/unused policy Legacy-Reporting");
            var id = review.Card!.Section(Title).Id!;
            RefuseChange(failing);
            var failed = await Bot.PressAsync(Martha, review, Title, "Approve", "and failed");
            scene.Aws.Faults.Watcher = null;
            scene.Aws.Faults.Clear();
            var text = failed.Card!.Sections().Single(section => section.Id == id).Text();
            Assert.Contains($"Step {failing} of 5 failed", text);
            Assert.Contains(failing == 1 ? "Nothing was changed" : "The steps before it were taken back", text);
            Assert.Equal(before, scene.Account);
            Assert.Equal(2 * (failing - 1), scene.Writes.Count);
            var record = await scene.RecordAsync(id);
            Assert.Equal(Enumerable.Range(1, failing).Select(step => $"apply {step}"), Steps(record, "step-started", "apply"));
            Assert.Equal(Enumerable.Range(1, failing - 1).Select(step => $"apply {step}"), Steps(record, "step-done", "apply"));
            Assert.Equal(Enumerable.Range(1, failing - 1).Select(step => $"rollback {step}"), Steps(record, "step-done", "rollback"));
            Assert.Equal(ProposalState.Failed, (await scene.ProposalAsync(id)).State);
        }
    }

    [Fact]
    public async Task Lost_answers_make_no_change_twice()
    {
        string[] changes = [.. TrimCase.All.SelectMany(kind => kind.Apply.Concat(kind.Undo)).Distinct()];
        scene.Fault(faults => faults with { LoseNextResponse = changes.SelectMany(change => new[] { $"iam:{change}", $"organizations:{change}" }).ToImmutableDictionary(change => change, _ => 100) });
        var before = scene.Account;
        foreach (var one in TrimCase.All.Select(kind => kind.In(0)))
        {
            scene.Aws.Calls.Clear();
            var review = await Bot.AskAsync(Paulo, one.Ask);
            var applied = await Bot.PressAsync(Martha, review, one.Title, "Approve", "Applied on");
            await Bot.PressAsync(Martha, applied, one.Title, "Undo", "Undone by");
            Assert.Equal([.. one.Apply, .. one.Undo], scene.Writes);
            Assert.All(scene.Aws.Calls.Writes, call => Assert.Equal("OK, response lost", call.Outcome));
            Assert.Equal(before, scene.Account);
        }
    }

    [Fact]
    public async Task Throttled_changes_are_made_once()
    {
        scene.Fault(faults => faults with { ThrottleNext = new Dictionary<string, int> { ["iam:DetachGroupPolicy"] = 2, ["iam:AttachGroupPolicy"] = 2 }.ToImmutableDictionary() });
        var before = scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused app-dev");
        var applied = await Bot.PressAsync(Martha, review, Detach, "Approve", "Applied on");
        await Bot.PressAsync(Martha, applied, Detach, "Undo", "Undone by");
        Assert.Equal(["DetachGroupPolicy", "AttachGroupPolicy"], scene.Writes);
        Assert.Equal(before, scene.Account);
    }

    [Fact]
    public async Task Undo_is_refused_when_somebody_changed_things_since()
    {
        var review = await Bot.AskAsync(Paulo, "/unused policy ExamplePolicy1");
        var applied = await Bot.PressAsync(Martha, review, Narrow, "Approve", "Applied on");
        await scene.Somebody.CreatePolicyVersionAsync(Example, """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""", true, Cancellation);
        var theirs = scene.Account;
        var refused = await Bot.PressAsync(Martha, applied, Narrow, "Undo", "Undo refused, nothing was changed");
        Assert.Equal(theirs, scene.Account);
        Assert.Equal(["CreatePolicyVersion"], scene.Writes);
        var id = refused.Card!.Section(Narrow).Id!;
        Assert.Equal(ProposalState.Applied, (await scene.ProposalAsync(id)).State);

        // Once their change is gone, the undo goes through.
        await scene.Somebody.SetDefaultPolicyVersionAsync(Example, "v3", Cancellation);
        await scene.Somebody.DeletePolicyVersionAsync(Example, "v4", Cancellation);
        await Bot.PressAsync(Martha, refused, Narrow, "Undo", "Undone by");
        Assert.Equal(["CreatePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicyVersion"], scene.Writes);
    }

    private static string[] Steps(IEnumerable<AuditEntry> record, string what, string run) =>
        [.. record.Where(entry => entry.Event == what && entry.Detail.StartsWith(run, StringComparison.Ordinal)).Select(entry => entry.Detail.Split(':')[0])];

    /// <summary>The n-th change that arrives is denied; changes of the other direction are not.</summary>
    private void RefuseChange(int number)
    {
        var arrived = 0;
        scene.Aws.Faults.Watcher = call =>
        {
            if (call is { Writes: true, Phase: CallPhase.Arrived } && call.Operation.Contains("Detach", StringComparison.Ordinal) && ++arrived == number)
                scene.Fault(faults => faults with { AccessDenied = [call.Operation] });
            return Task.CompletedTask;
        };
    }

    private async Task<ChatMessage> VoidedAsync(ChatMessage review, string title)
    {
        var theirs = scene.Account;
        var renewed = await Bot.PressAsync(Martha, review, title, "Approve", "but nothing was changed");
        Assert.Equal(theirs, scene.Account);
        Assert.Empty(scene.Writes);
        Assert.Equal(ProposalState.Drifted, (await scene.ProposalAsync(review.Card!.Section(title).Id!)).State);
        return renewed;
    }
}
