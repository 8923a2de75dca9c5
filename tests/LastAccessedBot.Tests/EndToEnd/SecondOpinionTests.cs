using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Sandbox;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Access Analyzer is asked before a document is written, where the settings say so: at a real host, seen in the account.</summary>
[Collection(nameof(EndToEnd))]
public sealed class SecondOpinionTests
{
    private const string Validate = "access-analyzer:ValidatePolicy", Compare = "access-analyzer:CheckNoNewAccess";
    private const string Narrow = "Narrow ExamplePolicy1", Wide = "Narrow Wide-Open";

    private static readonly (string, string) s_validate = ("Aws__AccessAnalyzer__ValidatePolicy", "true"), s_compare = ("Aws__AccessAnalyzer__CheckNoNewAccess", "true");

    [Fact]
    public async Task A_new_security_warning_stops_the_write_and_stands_on_the_card_and_on_the_record()
    {
        // The one statement that names no service by name becomes one that names iam:*, on every resource.
        var scenario = ScenarioText.Default
            .With("policies", ["""
                "Wide-Open": { "versions": [{ "document": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "NotAction": ["organizations:*"], "Resource": "*" }] } }] }
                """])
            .With("roles", ["""
                "wide-runner": { "attached": ["Wide-Open"], "trustPolicy": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" }] }, "used": { "iam": "2d", "s3": "2d" } }
                """]);
        await using var scene = await Scene.StartAsync(SandboxAccount.Load(scenario, TimeProvider.System), settings: [s_validate, s_compare]);
        var before = scene.Account;
        var review = await scene.Bot.AskAsync(Paulo, "/unused policy Wide-Open");
        var id = review.Card!.Section(Wide).Id!;
        await scene.Bot.PressAsync(Martha, review, Wide, "Approve", "and failed");
        var stopped = await scene.Bot.WhenAsync(review.Id, card => card.Sections().Any(section => section.Id == id && section.Text().Contains("PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE", StringComparison.Ordinal)), Martha);
        var text = stopped.Card!.Sections().First(section => section.Id == id).Text();
        Assert.Contains("speaks against the new Wide-Open: security warning", text);
        Assert.Contains("Nothing was changed", text);
        Assert.Equal(before, scene.Account);
        Assert.Empty(scene.Writes);
        Assert.Equal(ProposalState.Failed, (await scene.ProposalAsync(id)).State);
        Assert.Contains(await scene.RecordAsync(id), entry => entry.Event == "failed" && entry.Detail.Contains("PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE", StringComparison.Ordinal));
        Assert.Empty(await scene.StepsAsync(id, "apply"));
    }

    [Fact]
    public async Task A_clean_trim_goes_through_with_both_asked_and_its_undo_asks_nobody()
    {
        const string Inline = "Narrow inline policy read-images";
        await using var scene = await Scene.StartAsync(settings: [s_validate, s_compare]);
        var before = scene.Account;
        // What stood there before finds the same warning about service-linked roles: it stops nothing and is not noted.
        var review = await scene.Bot.AskAsync(Paulo, "/unused Development");
        var applied = await scene.Bot.PressAsync(Martha, review, "Narrow ExampleDevelopment", "Approve", "Applied on");
        Assert.Contains("IAM Access Analyzer had nothing against it, by ValidatePolicy and CheckNoNewAccess.", applied.Card!.Section("Narrow ExampleDevelopment").Text());
        Assert.Equal(["CreatePolicyVersion"], scene.Writes);
        Assert.Equal((2, 1), (scene.Aws.Calls.Count(Validate), scene.Aws.Calls.Count(Compare)));
        await scene.Bot.PressAsync(Martha, applied, "Narrow ExampleDevelopment", "Undo", "Undone by");
        Assert.Equal((2, 1), (scene.Aws.Calls.Count(Validate), scene.Aws.Calls.Count(Compare)));

        var role = await scene.Bot.AskAsync(Paulo, "/unused role image-resizer");
        var narrowed = await scene.Bot.PressAsync(Martha, role, Inline, "Approve", "Applied on");
        Assert.Contains("had nothing against it", narrowed.Card!.Section(Inline).Text());
        await scene.Bot.PressAsync(Martha, narrowed, Inline, "Undo", "Undone by");
        Assert.Equal(before, scene.Account);

        // Detaching writes no document.
        var (validated, compared) = (scene.Aws.Calls.Count(Validate), scene.Aws.Calls.Count(Compare));
        await scene.Bot.PressAsync(Martha, await scene.Bot.AskAsync(Paulo, "/unused app-dev"), "Detach App-Dev-ElasticTranscoder", "Approve", "Applied on");
        Assert.Equal((validated, compared), (scene.Aws.Calls.Count(Validate), scene.Aws.Calls.Count(Compare)));
    }

    [Fact]
    public async Task New_access_stops_the_write_and_so_does_an_analyzer_that_gives_no_answer()
    {
        await using var scene = await Scene.StartAsync(settings: [s_compare]);
        var before = scene.Account;
        scene.Fault(faults => faults with { SeenAsNewAccess = ["s3:ListBucket"] });
        Assert.Contains("allows more than what stands there now: New access in the statement with", await StoppedAsync(scene));
        scene.Fault(faults => faults with { SeenAsNewAccess = [], AccessDenied = [Compare] });
        var denied = await StoppedAsync(scene);
        Assert.Contains("The setting Aws:AccessAnalyzer:CheckNoNewAccess asks IAM Access Analyzer", denied);
        Assert.Contains("may not do access-analyzer:CheckNoNewAccess", denied);
        scene.Fault(faults => faults with { AccessDenied = [], FailNext = faults.FailNext.Add(Compare, 100) });
        Assert.Contains("gave no answer: AWS refused AccessAnalyzer.CheckNoNewAccess: InternalServerException", await StoppedAsync(scene));
        Assert.Equal(before, scene.Account);
        Assert.Empty(scene.Writes);
        scene.Fault(faults => faults with { FailNext = faults.FailNext.Clear() });
        await scene.Bot.PressAsync(Martha, await scene.Bot.AskAsync(Paulo, "/unused policy ExamplePolicy1"), Narrow, "Approve", "Applied on");
        Assert.Equal(["CreatePolicyVersion"], scene.Writes);
    }

    [Fact]
    public async Task An_SCP_is_validated_and_not_compared_and_an_error_stops_its_write()
    {
        const string Deny = "Deny AWS Database Migration Service and Amazon Lex in NewServiceTest";
        await using var scene = await Scene.StartAsync(settings: [s_validate, s_compare]);
        var before = scene.Account;
        var review = await scene.Bot.AskAsync(Paulo, "/unused ou Development 180d");
        var id = review.Card!.Section(Deny).Id!;
        scene.Fault(faults => faults with { UnknownToValidation = ["lex"] });
        await scene.Bot.PressAsync(Martha, review, Deny, "Approve", "and failed");
        var stopped = (await scene.Bot.WhenAsync(review.Id, card => !card.IsUnderWay(), Martha)).Card!.Sections().First(section => section.Id == id).Text();
        Assert.Contains("speaks against the new NewServiceTest: error INVALID_SERVICE_IN_ACTION: The service lex specified in the action does not exist. Nothing was changed", stopped);
        Assert.Contains(await scene.RecordAsync(id), entry => entry.Event == "failed" && entry.Detail.Contains("INVALID_SERVICE_IN_ACTION", StringComparison.Ordinal));
        Assert.Equal(before, scene.Account);
        Assert.Empty(scene.Writes);

        scene.Fault(faults => faults with { UnknownToValidation = [] });
        await scene.WhenShownAsync(review.Id);
        var again = await scene.Bot.AskAsync(Paulo, "/unused ou Development 180d");
        var applied = await scene.Bot.PressAsync(Martha, again, Deny, "Approve", "Applied on");
        Assert.Contains("had nothing against it, by ValidatePolicy. CheckNoNewAccess was not asked: it takes no service control policies.", applied.Card!.Section(Deny).Text());
        Assert.Contains(await scene.RecordAsync(again.Card!.Section(Deny).Id!), entry => entry.Event == "applying" && entry.Detail.Contains("was not asked", StringComparison.Ordinal));
        Assert.Equal(["UpdatePolicy"], scene.Writes);
        Assert.Equal(0, scene.Aws.Calls.Count(Compare));
        await scene.Bot.PressAsync(Martha, applied, Deny, "Undo", "Undone by");
        Assert.Equal(before, scene.Account);
    }

    private static async Task<string> StoppedAsync(Scene scene)
    {
        var review = await scene.Bot.AskAsync(Paulo, "/unused policy ExamplePolicy1");
        var id = review.Card!.Section(Narrow).Id!;
        await scene.Bot.PressAsync(Martha, review, Narrow, "Approve", "and failed");
        var stopped = await scene.Bot.WhenAsync(review.Id, card => !card.IsUnderWay(), Martha);
        return stopped.Card!.Sections().First(section => section.Id == id).Text();
    }
}
