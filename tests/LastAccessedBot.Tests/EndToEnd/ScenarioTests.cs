using System.Text.Json.Nodes;
using LastAccessedBot.Core.Approvals;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What users live through, S1 to S4 of the scenarios: typed at the console of a real host, seen in the account.</summary>
[Collection(nameof(EndToEnd))]
public sealed class ScenarioTests : IAsyncLifetime
{
    private Scene scene = null!;

    private BotProcess Bot => scene.Bot;

    public async ValueTask InitializeAsync() => scene = await Scene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task S1_Power_users_keep_the_five_services_that_they_use()
    {
        const string Title = "Narrow ExampleDevelopment";
        var before = scene.Account;
        var old = JsonNode.Parse(scene.Aws.Account.Document("ExampleDevelopment"))!["Statement"]!.AsArray();
        var review = await Bot.AskAsync(Paulo, "/unused Development");
        // The same document by its services, and by their actions.
        Assert.Equal(["Narrow ExampleDevelopment to what is used", "Take unused actions out of ExampleDevelopment"], review.Card!.Sections().Where(section => section.Id is not null).Select(section => section.Title.ToString()));
        var text = review.Card!.Section(Title).Text();
        Assert.Contains("NotAction", text);
        Assert.Contains("services go", text);
        Assert.Empty(scene.Writes);

        var applied = await Bot.PressAsync(Martha, review, Title, "Approve", "Applied on");
        Assert.Equal(["CreatePolicyVersion"], scene.Writes);
        var narrowed = JsonNode.Parse(scene.Aws.Account.Document("ExampleDevelopment"))!["Statement"]!.AsArray();
        Assert.Equal(["cloudtrail:*", "ec2:*", "kms:*", "logs:*", "s3:*"], narrowed[0]!["Action"]!.AsArray().Select(action => action!.GetValue<string>()).Order());
        Assert.Null(narrowed[0]!["NotAction"]);
        Assert.Equal("FullAccessToAllServicesExceptPeopleManagement", narrowed[0]!["Sid"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(old[1], narrowed[1]));
        Assert.Equal(2, narrowed.Count);
        Assert.Contains("approved by Martha Rivera", applied.Card!.Section(Title).Text());

        await Bot.PressAsync(Paulo, applied, Title, "Undo", "Undone by Paulo Santos");
        Assert.Equal(["CreatePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicyVersion"], scene.Writes);
        Assert.Equal(before, scene.Account);
    }

    [Fact]
    public async Task S2_A_user_who_changed_jobs_loses_the_old_job_by_two_approvals()
    {
        const string Detach = "Detach IAMFullAccess from user nikhilj", Leave = "Remove user nikhilj from group security-team";
        var before = scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused nikhilj");
        Assert.Equal([Detach, Leave], review.Card!.Sections().Where(section => section.Id is not null).Select(section => section.Title.ToString()).Order());
        Assert.Contains("IAMFullAccess through group security-team", review.Card!.Text());
        Assert.Contains("reachable by IAMFullAccess through group security-team", review.Card!.Section(Detach).Text());
        Assert.Contains(review.Card!.Sections(), section => section.Choices.Any(choice => choice.Id == "run:/unused group app-dev") && section.Text().Contains("Nothing is taken from a group on one member's behalf", StringComparison.Ordinal));

        var one = await Bot.PressAsync(Martha, review, Detach, "Approve", "Applied on");
        Assert.Equal(["DetachUserPolicy"], scene.Writes);
        one = await Bot.WhenAsync(one.Id, card => !card.Section(Leave).Text().Contains("reachable by", StringComparison.Ordinal), Martha);
        var both = await Bot.PressAsync(Martha, one, Leave, "Approve", "Applied on");
        Assert.Equal(["DetachUserPolicy", "RemoveUserFromGroup"], scene.Writes);
        Assert.DoesNotContain("security-team member: nikhilj", scene.Account);

        await Bot.PressAsync(Martha, both, Detach, "Undo", "Undone by");
        await Bot.PressAsync(Martha, both, Leave, "Undo", "Undone by");
        Assert.Equal(before, scene.Account);
        Assert.Equal(["DetachUserPolicy", "RemoveUserFromGroup", "AttachUserPolicy", "AddUserToGroup"], scene.Writes);
    }

    [Fact]
    public async Task S3_A_team_lets_go_of_a_policy_and_a_second_person_deletes_it()
    {
        const string Detach = "Detach App-Dev-ElasticTranscoder from group app-dev", Delete = "Delete the policy App-Dev-ElasticTranscoder";
        var before = scene.Account;
        var review = await Bot.AskAsync(Nikhil, "/unused app-dev");
        Assert.Contains("nikki-wolf", review.Card!.Text());
        await Bot.PressAsync(Maria, review, Detach, "Approve", "Applied on");
        var offered = await Bot.WhenAsync(review.Id, card => card.Sections().Any(section => section.Title.ToString() == Delete), Maria);
        var attached = await scene.Somebody.ListAttachedGroupPoliciesAsync("app-dev", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(attached, policy => policy.PolicyName == "App-Dev-ElasticTranscoder");

        // An owner of the group is no owner of the policy.
        Assert.Contains("You may not decide about policy App-Dev-ElasticTranscoder", await Bot.ToldAsync(Maria, offered.Id, offered.Card!.Section(Delete).Choice("Approve")));
        Assert.Equal(["DetachGroupPolicy"], scene.Writes);
        var deleted = await Bot.PressAsync(Paulo, offered, Delete, "Approve", "Applied on");
        Assert.Equal(["DetachGroupPolicy", "DeletePolicy"], scene.Writes);
        Assert.DoesNotContain("App-Dev-ElasticTranscoder", scene.Account);

        await Bot.PressAsync(Paulo, deleted, Delete, "Undo", "Undone by");
        await Bot.PressAsync(Paulo, deleted, Detach, "Undo", "Undone by");
        Assert.Equal(before, scene.Account);
        Assert.Equal(["DetachGroupPolicy", "DeletePolicy", "CreatePolicy", "AttachGroupPolicy"], scene.Writes);
    }

    [Theory]
    [InlineData("/unused app-dev")]
    [InlineData("/unused policy App-Dev-ElasticTranscoder")]
    public async Task S3_Who_approved_the_detachment_may_not_approve_the_deletion(string asked)
    {
        const string Detach = "Detach App-Dev-ElasticTranscoder", Delete = "Delete the policy App-Dev-ElasticTranscoder";
        var review = await Bot.AskAsync(Nikhil, asked);
        await Bot.PressAsync(Paulo, review, Detach, "Approve", "Applied on");
        var offered = await Bot.WhenAsync(review.Id, card => card.Sections().Any(section => section.Title.ToString() == Delete), Paulo);
        Assert.Contains("second pair of eyes", await Bot.ToldAsync(Paulo, offered.Id, offered.Card!.Section(Delete).Choice("Approve")));
        Assert.Equal(["DetachGroupPolicy"], scene.Writes);
        Assert.Equal(ProposalState.Proposed, (await scene.ProposalAsync(offered.Card!.Section(Delete).Id!)).State);
    }

    [Fact]
    public async Task S4_A_shared_policy_loses_what_nobody_used()
    {
        const string Title = "Narrow ExamplePolicy1";
        var before = scene.Account;
        var ranking = await Bot.AskAsync(Paulo, "/unused policies");
        Assert.Contains("ExamplePolicy1", ranking.Card!.Text());
        var review = await Bot.AskAsync(Paulo, "/unused policy ExamplePolicy1");
        Assert.Contains("IAMExampleUser", review.Card!.Text());
        Assert.Contains("IAMExampleRole", review.Card!.Text());
        var applied = await Bot.PressAsync(Martha, review, Title, "Approve", "Applied on");
        Assert.Equal(["CreatePolicyVersion"], scene.Writes);
        var document = scene.Aws.Account.Document("ExamplePolicy1");
        Assert.DoesNotContain("ec2:", document);
        Assert.Contains("s3:ListBucket", document);
        Assert.Contains("dynamodb:UpdateItem", document);
        await Bot.PressAsync(Martha, applied, Title, "Undo", "Undone by");
        Assert.Equal(before, scene.Account);
    }

    [Fact]
    public async Task S4_With_five_versions_the_oldest_makes_room_and_comes_back()
    {
        const string Title = "Narrow FiveVersions-Reporting";
        var before = scene.Account;
        var old = scene.Aws.Account.Versions("FiveVersions-Reporting");
        var review = await Bot.AskAsync(Paulo, "/unused policy FiveVersions-Reporting");
        Assert.Contains("v1", review.Card!.Section(Title).Text());
        var applied = await Bot.PressAsync(Martha, review, Title, "Approve", "Applied on");
        Assert.Equal(["DeletePolicyVersion", "CreatePolicyVersion"], scene.Writes);
        Assert.Equal(old.Skip(1), scene.Aws.Account.Versions("FiveVersions-Reporting").SkipLast(1));
        await Bot.PressAsync(Martha, applied, Title, "Undo", "Undone by");
        Assert.Equal(["DeletePolicyVersion", "CreatePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicyVersion", "CreatePolicyVersion"], scene.Writes);
        Assert.Equal(before, scene.Account);
    }

    [Fact]
    public async Task Inline_policies_of_a_role_are_narrowed_and_deleted()
    {
        const string Narrow = "Narrow inline policy read-images", Delete = "Delete inline policy old-experiment";
        var before = scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused role image-resizer");
        var one = await Bot.PressAsync(Martha, review, Narrow, "Approve", "Applied on");
        Assert.DoesNotContain("rekognition", scene.Account);
        one = await Bot.WhenAsync(one.Id, card => card.Text().Contains("1 used, 1 unused", StringComparison.Ordinal), Martha);
        Assert.Contains("arn:aws:s3:::example-images/*", scene.Account);
        var both = await Bot.PressAsync(Martha, one, Delete, "Approve", "Applied on");
        Assert.DoesNotContain("personalize", scene.Account);
        Assert.Equal(["PutRolePolicy", "DeleteRolePolicy"], scene.Writes);
        await Bot.PressAsync(Martha, both, Delete, "Undo", "Undone by");
        await Bot.PressAsync(Martha, both, Narrow, "Undo", "Undone by");
        Assert.Equal(before, scene.Account);
        Assert.Equal(["PutRolePolicy", "DeleteRolePolicy", "PutRolePolicy", "PutRolePolicy"], scene.Writes);
    }

    [Fact]
    public async Task An_applied_trim_is_undone_by_typing_its_id()
    {
        const string Title = "Detach App-Dev-ElasticTranscoder";
        var before = scene.Account;
        var review = await Bot.AskAsync(Paulo, "/unused app-dev");
        var applied = await Bot.PressAsync(Martha, review, Title, "Approve", "Applied on");
        var id = applied.Card!.Section(Title).Id!;
        var told = Assert.Single(await Bot.SayAsync(Nikhil, $"/unused undo {id}"), message => message.OnlyFor == Nikhil);
        Assert.Contains("You may not decide", told.Card!.Text());
        await Bot.SayAsync(Paulo, $"/unused undo {id.ToLowerInvariant()}");
        await Bot.WhenAsync(review.Id, card => !card.IsUnderWay() && card.Text().Contains("Undone by Paulo Santos", StringComparison.Ordinal), Paulo);
        Assert.Equal(before, scene.Account);
        Assert.Equal(["DetachGroupPolicy", "AttachGroupPolicy"], scene.Writes);
        Assert.Contains("There is no proposal", Assert.Single(await Bot.SayAsync(Paulo, "/unused undo NOSUCHID")).Card!.Text());
    }
}
