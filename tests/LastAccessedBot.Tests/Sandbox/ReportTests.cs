using System.Xml.Linq;
using LastAccessedBot.Sandbox.Faults;

namespace LastAccessedBot.Tests.Sandbox;

public sealed class ReportTests : SandboxFixture
{
    private const string Group = "arn:aws:iam::123456789012:group/";
    private const string User = "arn:aws:iam::123456789012:user/";
    private const string Role = "arn:aws:iam::123456789012:role/";

    [Fact]
    public async Task A_power_user_group_can_reach_everything_and_used_five_services_lately()
    {
        var services = await Aws.All("GetServiceLastAccessedDetails", "ServicesLastAccessed", ("JobId", await Report(Group + "Development")));
        Assert.True(services.Count > 330, $"{services.Count} services");
        var weekAgo = Time.GetUtcNow().AddDays(-7);
        var recent = services.Where(service => service.Element("LastAuthenticated") is { } last && DateTimeOffset.Parse(last.Value) > weekAgo);
        Assert.Equal(["cloudtrail", "ec2", "kms", "logs", "s3"], recent.Select(service => service.Element("ServiceNamespace")!.Value));
        Assert.Contains(services, service => service.Element("ServiceNamespace")!.Value == "iam");
    }

    [Fact]
    public async Task A_users_report_lists_what_own_and_group_policies_allow_and_own_use_alone()
    {
        var users = await LastUsers(User + "nikhilj");
        Assert.Equal(["autoscaling", "cloudtrail", "ebs", "ec2", "elastictranscoder", "iam", "organizations", "route53", "s3"], users.Keys);
        Assert.Equal("s3", Assert.Single(users, use => use.Value is not null).Key);
    }

    [Fact]
    public async Task Actions_are_reported_where_they_are_tracked()
    {
        var job = await Report(User + "nikhilj", "ACTION_LEVEL");
        var services = await Aws.All("GetServiceLastAccessedDetails", "ServicesLastAccessed", ("JobId", job));
        var used = services.SelectMany(service => service.Descendants("LastAccessedTime")).Select(time => time.Parent!.Element("ActionName")!.Value);
        Assert.Equal(["ListAllMyBuckets", "ListBucket"], used);
        Assert.DoesNotContain(services.Descendants("ActionName"), action => action.Value == "PassRole");
    }

    [Fact]
    public async Task A_policys_report_tells_the_last_user_of_each_service_and_the_others_on_request()
    {
        var policy = SandboxClient.PolicyArn("ExamplePolicy1");
        Assert.Equal(
            new Dictionary<string, string?> { ["dynamodb"] = "user/IAMExampleUser", ["ec2"] = null, ["s3"] = "role/IAMExampleRole" },
            await LastUsers(policy));
        var entities = await Aws.All("GetServiceLastAccessedDetailsWithEntities", "EntityDetailsList", ("JobId", await Report(policy)), ("ServiceNamespace", "s3"));
        Assert.Equal(["IAMExampleRole", "IAMExampleBatchRole", "IAMExampleAnalyst"], entities.Descendants("Name").Select(name => name.Value));
    }

    [Fact]
    public async Task An_idle_group_does_not_make_a_shared_policy_idle()
    {
        Assert.All((await LastUsers(Group + "external/contractors")).Where(use => use.Key == "sns"), use => Assert.Null(use.Value));
        Assert.Equal("role/message-pump", (await LastUsers(SandboxClient.PolicyArn("Shared-Messaging")))["sns"]);
    }

    [Fact]
    public async Task Denies_boundaries_and_renamed_namespaces_list_nothing()
    {
        Assert.Empty(await LastUsers(SandboxClient.PolicyArn("Deny-Outside-Europe")));
        Assert.DoesNotContain("rds", (await LastUsers(Role + "orders-worker")).Keys);
        Assert.Equal(["autoscaling", "cloudwatch"], (await LastUsers(SandboxClient.PolicyArn("Legacy-Monitoring"))).Keys);
        Assert.DoesNotContain("iam", (await LastUsers(Role + "ci-runner")).Keys);
    }

    [Fact]
    public async Task A_use_before_the_tracking_period_has_aged_out()
    {
        Assert.NotNull((await LastUsers(User + "alejandro-rosalez"))["redshift"]);
        Time.Advance(TimeSpan.FromDays(11));
        Assert.Null((await LastUsers(User + "alejandro-rosalez"))["redshift"]);
    }

    [Fact]
    public async Task After_a_detach_a_new_report_no_longer_lists_the_service_and_the_old_one_still_does()
    {
        var old = await Report(Group + "app-dev");
        await Aws.Iam("DetachGroupPolicy", ("GroupName", "app-dev"), ("PolicyArn", SandboxClient.PolicyArn("App-Dev-ElasticTranscoder")));
        Assert.DoesNotContain("elastictranscoder", (await LastUsers(Group + "app-dev")).Keys);
        var kept = await Aws.All("GetServiceLastAccessedDetails", "ServicesLastAccessed", ("JobId", old));
        Assert.Contains("elastictranscoder", kept.Descendants("ServiceNamespace").Select(element => element.Value));
    }

    [Fact]
    public async Task A_job_runs_for_a_while_and_says_nothing_meanwhile()
    {
        var job = (await Aws.Iam("GenerateServiceLastAccessedDetails", ("Arn", Group + "app-dev"))).Text("JobId")!;
        var running = await Aws.Iam("GetServiceLastAccessedDetails", ("JobId", job));
        Assert.Equal(("IN_PROGRESS", null), (running.Text("JobStatus"), running.Text("JobCompletionDate")));
        Assert.Empty(running.List("ServicesLastAccessed"));
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("COMPLETED", (await Aws.Iam("GetServiceLastAccessedDetails", ("JobId", job))).Text("JobStatus"));
    }

    [Fact]
    public async Task A_job_is_unreadable_by_another_key()
    {
        var job = await Report(Group + "app-dev");
        using var other = As("test");
        var answer = await other.Iam("GetServiceLastAccessedDetails", ("JobId", job));
        Assert.Equal((404, "NoSuchEntity"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_job_that_fails_says_why()
    {
        Server.Faults.Change(faults => faults with { FailingReports = faults.FailingReports.Add(Group + "app-dev", new ReportFailure("SERVICE_ERROR", "Try again later")) });
        var answer = await Aws.Iam("GetServiceLastAccessedDetails", ("JobId", await Report(Group + "app-dev")));
        Assert.Equal(("FAILED", "SERVICE_ERROR", "Try again later"), (answer.Text("JobStatus"), answer.Code, answer.Text("Message")));
        Assert.Empty(answer.List("ServicesLastAccessed"));
    }

    [Fact]
    public async Task A_report_is_paged_with_a_marker()
    {
        var job = await Report(Group + "Development");
        var first = await Aws.Iam("GetServiceLastAccessedDetails", ("JobId", job));
        Assert.Equal((100, "true"), (first.List("ServicesLastAccessed").Count(), first.Text("IsTruncated")));
        Assert.Equal(3, (await Aws.Iam("GetServiceLastAccessedDetails", ("JobId", job), ("MaxItems", "3"))).List("ServicesLastAccessed").Count());
    }

    [Fact]
    public async Task The_policies_that_grant_a_service_are_named_over_all_paths()
    {
        var granting = await Aws.All("ListPoliciesGrantingServiceAccess", "PoliciesGrantingServiceAccess",
            ("Arn", User + "nikhilj"), ("ServiceNamespaces.member.1", "cloudtrail"), ("ServiceNamespaces.member.2", "s3"), ("ServiceNamespaces.member.3", "lex"));
        Assert.Equal(
            ["cloudtrail: AWSCloudTrailReadOnlyAccess", "s3: App-Dev-Storage", "lex: "],
            granting.Select(service => $"{service.Element("ServiceNamespace")!.Value}: {string.Join(' ', Names(service))}"));

        static IEnumerable<string> Names(XElement service) => service.Descendants("PolicyName").Select(name => name.Value);
    }

    [Fact]
    public async Task Nobody_can_ask_for_a_report_on_what_is_not_there() =>
        Assert.Equal("NoSuchEntity", (await Aws.Iam("GenerateServiceLastAccessedDetails", ("Arn", Group + "nowhere"))).Code);
}
