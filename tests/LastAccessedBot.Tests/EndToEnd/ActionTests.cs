using System.Text.Json.Nodes;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Sandbox.Faults;
using LastAccessedBot.Sandbox.Model;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Unused actions of services in use, as users live through their going: S1 and S4 of the scenarios, one level deeper.</summary>
[Collection(nameof(EndToEnd))]
public sealed class ActionTests : IAsyncLifetime
{
    private const string ByServices = "Narrow ExampleDevelopment", ByActions = "Take unused actions out of ExampleDevelopment";
    private const string Development = "arn:aws:iam::123456789012:group/Development";

    private Scene scene = null!;

    private BotProcess Bot => scene.Bot;

    public async ValueTask InitializeAsync() => scene = await Scene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task S1_Power_users_keep_the_actions_that_they_use_in_few_patterns()
    {
        var before = scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused Development");
        var text = review.Card!.Section(ByActions).Text();
        Assert.Contains("Goes further than narrowing by services", text);
        Assert.Contains("AWS's list of actions of 20", text);
        Assert.Contains("ec2:DescribeInstances", text);

        var applied = await Bot.PressAsync(Martha, review, ByActions, "Approve", "Applied on");
        Assert.Equal(["CreatePolicyVersion"], scene.Writes);
        string[] actions = [.. JsonNode.Parse(scene.Aws.Account.Document("ExampleDevelopment"))!["Statement"]![0]!["Action"]!.AsArray().Select(action => action!.GetValue<string>())];
        Assert.True(actions.Length < 50, string.Join(' ', actions));
        string[] stay = ["cloudtrail:LookupEvents", "kms:Decrypt", "logs:PutLogEvents", "ec2:DescribeInstances", "ec2:RunInstances", "ec2:CreateSnapshot", "s3:ListBucket", "s3:CreateBucket", "s3:GetObject", "s3:PutObject"];
        string[] go = ["ec2:TerminateInstances", "ec2:CreateVpc", "s3:DeleteBucket", "s3:PutBucketPolicy", "lambda:CreateFunction", "sqs:SendMessage"];
        Assert.All(stay, action => Assert.True(Allows(actions, action), action));
        Assert.All(go, action => Assert.False(Allows(actions, action), action));

        // What both would have taken is gone, and the other with it.
        await Bot.WhenAsync(applied.Id, card => card.Sections().All(section => !section.Title.ToString().StartsWith(ByServices, StringComparison.Ordinal)), Martha);
        await Bot.PressAsync(Paulo, applied, ByActions, "Undo", "Undone by Paulo Santos");
        Assert.Equal(before, scene.Account);
    }

    [Fact]
    public async Task After_the_services_the_policy_is_new_and_its_actions_are_left_alone()
    {
        var review = await Bot.AskAsync(Paulo, "/unused Development");
        Assert.Contains("is looked at again in 90 days", review.Card!.Section(ByActions).Text());
        var first = await Bot.PressAsync(Martha, review, ByServices, "Approve", "Applied on");
        await Bot.WhenAsync(first.Id, card => card.Sections().All(section => !section.Title.ToString().StartsWith(ByActions, StringComparison.Ordinal)), Martha);
        Assert.Equal(["CreatePolicyVersion"], scene.Writes);
        Assert.Contains("ec2:*", scene.Aws.Account.Document("ExampleDevelopment"));
    }

    [Fact]
    public async Task An_action_used_between_card_and_click_voids_the_approval()
    {
        var review = await Bot.AskAsync(Paulo, "/unused Development");
        var id = review.Card!.Section(ByActions).Id!;
        scene.Aws.Account.Change(state => state.Users["richard-roe"].Used["ec2:TerminateInstances"] = When.Parse("0d"));
        await Bot.PressAsync(Martha, review, ByActions, "Approve", "but nothing was changed");
        Assert.Equal(ProposalState.Drifted, (await scene.ProposalAsync(id)).State);
        Assert.Empty(scene.Writes);
    }

    [Fact]
    public async Task A_report_by_action_that_fails_leaves_the_trim_by_services_and_voids_the_other()
    {
        var review = await Bot.AskAsync(Paulo, "/unused Development");
        scene.Fault(faults => faults with { FailingReports = faults.FailingReports.Add($"ACTION_LEVEL {Development}", new ReportFailure("ReportTooBig", "Try again later")) });
        var voided = await Bot.PressAsync(Martha, review, ByActions, "Approve", "but nothing was changed");
        Assert.Empty(scene.Writes);
        voided = await Bot.WhenAsync(voided.Id, card => card.Text().Contains("could not write its report by action (ReportTooBig: Try again later)", StringComparison.Ordinal), Martha);
        await Bot.PressAsync(Martha, voided, ByServices, "Approve", "Applied on");
        Assert.Equal(["CreatePolicyVersion"], scene.Writes);
    }

    [Fact]
    public async Task Who_keeps_the_services_is_not_asked_for_more()
    {
        var review = await Bot.AskAsync(Paulo, "/unused Development");
        await Bot.PressAsync(Martha, review.Id, review.Card!.Section(ByServices).Choice("Keep"), new { reason = "The quarterly report needs Athena.", until = "90d" });
        var again = await Bot.AskAsync(Paulo, "/unused Development");
        Assert.DoesNotContain(again.Card!.Sections(), section => section.Choices.Any(choice => choice.Label == "Approve"));
        Assert.Contains($"Withheld: {ByActions}", again.Card!.Text());
    }

    [Fact]
    public async Task S4_A_shared_policy_is_cut_on_the_use_of_everyone_who_has_it_and_one_report_of_each_kind_is_asked_for()
    {
        var review = await Bot.AskAsync(Paulo, "/unused role reporting-runner");
        var reports = scene.Aws.Calls.All.Count(call => call.Operation == "iam:GenerateServiceLastAccessedDetails" && call.AccessKeyId == "sandbox");
        Assert.Equal(2, reports);
        Assert.Contains("s3:Get", review.Card!.Section("Take unused actions out of FiveVersions-Reporting").Text());
    }

    private static bool Allows(string[] patterns, string action) =>
        patterns.Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, action));
}
