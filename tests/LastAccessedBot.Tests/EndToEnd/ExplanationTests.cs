using LastAccessedBot.Core.Cards;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Sandbox.Faults;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Why somebody has a service, and who uses it: asked at a real host, which changes nothing for it.</summary>
[Collection(nameof(EndToEnd))]
public sealed class ExplanationTests : IAsyncLifetime
{
    private Scene scene = null!;

    private BotProcess Bot => scene.Bot;

    public async ValueTask InitializeAsync() => scene = await Scene.StartAsync();

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(scene.Writes);
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task What_the_organization_takes_away_is_told_where_it_does()
    {
        Assert.Contains("The organization's service control policies let all of it through.", (await AskedAsync("/unused why user nikhilj s3")).Text());
        Assert.Contains("KeepTheTrail at root r-a1b2 | cloudtrail:StopLogging, cloudtrail:DeleteTrail | everywhere", (await AskedAsync("/unused why nikhilj cloudtrail")).Text());
        scene.Fault(faults => faults with { AccessDenied = faults.AccessDenied.Add("organizations:DescribeOrganization") });
        var without = (await AskedAsync("/unused why nikhilj cloudtrail")).Text();
        Assert.Contains("service control policies could not be read: The bot itself may not do organizations:DescribeOrganization", without);
        Assert.Contains("AWSCloudTrailReadOnlyAccess through group security-team", without);
    }

    [Fact]
    public async Task Both_paths_to_a_service_are_told_with_what_looks_into_them()
    {
        var card = await AskedAsync("/unused why nikhilj iam");
        var text = card.Text();
        Assert.Contains("IAMFullAccess directly", text);
        Assert.Contains("IAMFullAccess through group security-team", text);
        Assert.Contains("No use in all the time that AWS remembers", text);
        Assert.Contains("AWS's own list of the policies that grant it says the same", text);
        Assert.Equal(["run:/unused user nikhilj", "run:/unused group security-team"], card.Choices.Select(choice => choice.Id));
        Assert.Empty(card.Sections());
        Assert.Contains(await scene.RecordAboutAsync("user nikhilj"), entry => entry.Event == "explained" && entry.Actor == $"console:{Nikhil}");

        var looked = Assert.Single(await Bot.PressAsync(Nikhil, (await Bot.AskAsync(Nikhil, "/unused why nikhilj iam")).Id, card.Choices[1].Id));
        Assert.Contains("Group security-team", (await Bot.WhenAsync(looked.Id, one => !one.IsUnderWay(), Nikhil)).Card!.Title.ToString());
    }

    [Fact]
    public async Task Statements_are_told_with_their_limits_and_when_the_service_was_used()
    {
        var text = (await AskedAsync("/unused why user nikhilj s3")).Text();
        Assert.Contains("App-Dev-Storage through group app-dev | s3:ListBucket, s3:GetObject, s3:PutObject, s3:PutBucketPolicy | only on some resources | 1, Buckets", text);
        Assert.Contains("App-Dev-Storage through group app-dev | s3:ListAllMyBuckets | everywhere | 2, AllBuckets", text);
        Assert.Contains("Last used on", text);
        Assert.Contains("\"arn:aws:s3:::app-dev-*\"", text);
        Assert.DoesNotContain("ebs:*", text);
        var conditional = (await AskedAsync("/unused why role ci-runner s3")).Text();
        Assert.Contains("Everything-For-CI directly | * | everywhere", conditional);
        Assert.Contains("Archive-Reader directly | S3:Get*, s3:List?ucket | only under a condition", conditional);
    }

    [Fact]
    public async Task What_denies_what_caps_and_what_AWS_sees_otherwise_is_told()
    {
        var denied = (await AskedAsync("/unused why ci-runner iam")).Text();
        Assert.Contains("is granted to role ci-runner, and denied again", denied);
        Assert.Contains("2, ButPeople", denied);
        Assert.Contains("AWS's own list does not name Everything-For-CI", denied);
        Assert.Contains("Boundary-Engineering lets all of it through", (await AskedAsync("/unused why orders-worker sqs")).Text());
        Assert.Contains("Boundary-Engineering lets nothing of it through", (await AskedAsync("/unused why nightly-export glue")).Text());
        var capped = (await AskedAsync("/unused why terry-whitlock elastictranscoder")).Text();
        Assert.Contains("stopped by its permissions boundary", capped);
    }

    [Fact]
    public async Task A_group_may_be_asked_about_and_an_answer_may_be_no()
    {
        Assert.Contains("App-Dev-Route53 | route53:* | everywhere", (await AskedAsync("/unused why group app-dev route53")).Text());
        var card = await AskedAsync("/unused why maria-garcia iam");
        Assert.Contains("No policy lets user maria-garcia use", card.Text());
        Assert.Contains("neither its own nor its groups'", card.Text());
        var misspelt = await AskedAsync("/unused why maria-garcia rout53");
        Assert.Contains("run:/unused why user maria-garcia route53", misspelt.Choices.Select(choice => choice.Id));
    }

    [Fact]
    public async Task Names_that_do_not_fit_are_answered_with_what_to_type()
    {
        Assert.Contains("run:/unused why user nikhilj iam", (await AskedAsync("/unused why nikhil iam")).Choices.Select(choice => choice.Id));
        // A user and a group, both of that name.
        Assert.Equal(["run:/unused why group data-science athena", "run:/unused why user data-science athena"], (await AskedAsync("/unused why data-science athena")).Choices.Select(choice => choice.Id).Order());
        var policy = (await AskedAsync("/unused why ExamplePolicy1 s3")).Text();
        Assert.Contains("/unused who policy ExamplePolicy1 s3", policy);
        Assert.Contains("write the prefix of its actions", Assert.Single(await Bot.SayAsync(Nikhil, "/unused why nikhilj s3:GetObject")).Card!.Text(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_the_right_to_AWS_s_own_list_the_answer_says_so()
    {
        scene.Fault(faults => faults with { AccessDenied = ["iam:ListPoliciesGrantingServiceAccess"] });
        var text = (await AskedAsync("/unused why nikhilj iam")).Text();
        Assert.Contains("IAMFullAccess directly", text);
        Assert.Contains("AWS gave no list of its own to compare with", text);
        Assert.Contains("iam:ListPoliciesGrantingServiceAccess", text);
    }

    [Fact]
    public async Task Every_member_of_a_group_is_told_with_their_own_last_use()
    {
        var text = (await AskedAsync("/unused who app-dev route53")).Text();
        foreach (var member in new[] { "nikhilj", "maria-garcia", "nikki-wolf", "terry-whitlock", "shirley-rodriguez" }) Assert.Contains($"user {member} | ", text);
        Assert.Contains("user nikhilj | not in tracking period", text);
        var shared = (await AskedAsync("/unused who policy ExamplePolicy1 s3")).Text();
        Assert.Matches(@"role IAMExampleRole \| \d{4}-", shared);
        Assert.Contains(" | directly", shared);
        Assert.Matches(@"role ci-runner \| ", (await AskedAsync("/unused who role ci-runner s3")).Text());
        Assert.Contains("The group has no members", (await AskedAsync("/unused who empty-handed redshift")).Text());
        Assert.Contains("is unknown", (await AskedAsync("/unused who app-dev lambda")).Text());
    }

    [Fact]
    public async Task A_long_list_of_users_is_turned_page_by_page()
    {
        var first = await Bot.AskAsync(Paulo, "/unused who Development s3");
        Assert.Contains("Page 1 of 2", first.Card!.Text());
        await Bot.PressAsync(Paulo, first.Id, first.Card!.Choice("Next page"));
        var second = await Bot.WhenAsync(first.Id, card => card.Text().Contains("Page 2 of 2", StringComparison.Ordinal), Paulo);
        var names = first.Card!.Text().Split('\n').Concat(second.Card!.Text().Split('\n')).Where(line => line.StartsWith("user ", StringComparison.Ordinal));
        Assert.Equal(12, names.Distinct().Count());
    }

    [Fact]
    public async Task A_report_that_fails_gives_no_answer_and_a_way_to_ask_again()
    {
        scene.Fault(faults => faults with { FailingReports = faults.FailingReports.Add("arn:aws:iam::123456789012:user/nikhilj", new ReportFailure("ServiceFailure", "try later")) });
        var failed = await AskedAsync("/unused why user nikhilj iam");
        Assert.Contains("ServiceFailure", failed.Text());
        Assert.Equal("run:/unused why user nikhilj iam", failed.Choice("Retry"));
    }

    [Fact]
    public async Task A_host_that_dies_while_the_report_is_written_answers_after_its_restart()
    {
        await scene.DisposeAsync();
        scene = await Scene.StartAsync(SandboxAccount.Default(TimeProvider.System), TimeSpan.FromSeconds(4));
        var asked = Assert.Single(await Bot.SayAsync(Nikhil, "/unused why nikhilj iam"));
        await Bot.WhenAsync(asked.Id, card => card.Text().Contains("writing the last-accessed report", StringComparison.Ordinal), Nikhil);
        await scene.RestartAsync();
        var answered = await Bot.WhenAsync(asked.Id, card => !card.IsUnderWay(), Nikhil);
        Assert.Contains("IAMFullAccess through group security-team", answered.Card!.Text());
    }

    private async Task<Card> AskedAsync(string line) => (await Bot.AskAsync(Nikhil, line)).Card!;
}
