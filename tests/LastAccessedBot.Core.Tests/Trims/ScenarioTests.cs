using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Trims;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.Trims;

/// <summary>The stories of the reference, as plans.</summary>
public sealed class ScenarioTests
{
    private const string PowerUser = """
        { "Version": "2012-10-17", "Statement": [ { "Sid": "FullAccessToAllServicesExceptPeopleManagement", "Effect": "Allow", "NotAction": [ "iam:*", "organizations:*" ], "Resource": "*" }, { "Sid": "RequiredIamAndOrgsActions", "Effect": "Allow", "Action": [ "iam:CreateServiceLinkedRole", "iam:ListRoles", "organizations:DescribeOrganization" ], "Resource": "*" } ] }
        """;

    [Fact]
    public void The_power_user_group_keeps_the_five_services_that_it_uses()
    {
        var account = new SmallAccount { Guards = Guards.None with { Sids = ["Required*"] } }
            .With(Group("Development"), ["ExampleDevelopment"], ["ann", "bob"]).With("ExampleDevelopment", PowerUser, [Group("Development")])
            .Used(Group("Development"), ("cloudtrail", 2), ("ec2", 1), ("kms", 3), ("logs", 1), ("s3", 1), ("lambda", 310), ("sqs", 120), ("athena", 200), ("iam", null), ("organizations", null), ("glue", null));
        var trim = Assert.Single(account.Review(Group("Development")).Trims);
        Assert.Equal(TrimKind.NarrowPolicy, trim.Kind);
        Assert.Equal(PowerUser.Replace("\"NotAction\": [ \"iam:*\", \"organizations:*\" ]", "\"Action\": [ \"cloudtrail:*\", \"ec2:*\", \"kms:*\", \"logs:*\", \"s3:*\" ]", StringComparison.Ordinal), trim.Change!.After);
        Assert.Equal(new AccountEdit.CreatePolicyVersion(PolicyArn("ExampleDevelopment"), trim.Change.After!, SetAsDefault: true), Assert.Single(trim.Edits));
        Assert.Equal(["ATHENA", "GLUE", "LAMBDA", "SQS"], trim.Removed);
    }

    [Fact]
    public void The_user_who_changed_jobs_loses_what_only_the_old_job_needed()
    {
        var review = new SmallAccount()
            .With(User("nikhilj"), [AwsArn("IAMFullAccess")], groups: ["app-dev", "security-team"])
            .With(Group("security-team"), [AwsArn("IAMFullAccess"), AwsArn("AWSCloudTrailReadOnlyAccess")], ["nikhilj", "ann"])
            .With(Group("app-dev"), ["App-Dev-Storage", "App-Dev-Route53", "App-Dev-ElasticTranscoder"], ["nikhilj", "bob"])
            .With(AwsArn("IAMFullAccess"), Allow("iam:*"), [User("nikhilj"), Group("security-team")])
            .With(AwsArn("AWSCloudTrailReadOnlyAccess"), Allow("cloudtrail:Get*"), [Group("security-team")])
            .With("App-Dev-Storage", Allow("s3:*"), [Group("app-dev")])
            .With("App-Dev-Route53", Allow("route53:*"), [Group("app-dev")])
            .With("App-Dev-ElasticTranscoder", Allow("elastictranscoder:*"), [Group("app-dev")])
            .Used(User("nikhilj"), ("s3", 3), ("iam", null), ("cloudtrail", null), ("route53", null), ("elastictranscoder", null))
            .Review(User("nikhilj"));
        Assert.Equal(
            [new AccountEdit.DetachPolicy(User("nikhilj"), AwsArn("IAMFullAccess")), new AccountEdit.RemoveUserFromGroup("security-team", "nikhilj")],
            review.Trims.Select(trim => trim.Edits.Single()));
        Assert.Contains("IAM stays reachable by IAMFullAccess through group security-team", review.Trims[0].Notes[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("IAM stays reachable by IAMFullAccess directly", review.Trims[1].Notes[0].ToString(), StringComparison.Ordinal);
        var remark = Assert.Single(review.Remarks);
        Assert.StartsWith("ELASTICTRANSCODER, ROUTE53 come from group app-dev", remark.Text.ToString(), StringComparison.Ordinal);
        Assert.Equal("/unused group app-dev", remark.Command);
    }

    [Fact]
    public void The_team_loses_the_policy_that_no_member_uses()
    {
        var review = new SmallAccount()
            .With(Group("app-dev"), ["App-Dev-Route53", "App-Dev-ElasticTranscoder"], ["nikhilj", "bob"])
            .With("App-Dev-Route53", Allow("route53:*"), [Group("app-dev")])
            .With("App-Dev-ElasticTranscoder", Allow("elastictranscoder:*"), [Group("app-dev")])
            .Used(Group("app-dev"), ("route53", 3), ("elastictranscoder", null))
            .Review(Group("app-dev"));
        Assert.Equal(new AccountEdit.DetachPolicy(Group("app-dev"), PolicyArn("App-Dev-ElasticTranscoder")), Assert.Single(Assert.Single(review.Trims).Edits));
    }

    [Fact]
    public void The_swept_policy_loses_the_service_that_nobody_uses_and_an_idle_one_is_detached_from_all()
    {
        var account = new SmallAccount()
            .With(User("IAMExampleUser"), ["ExamplePolicy1"]).With(Role("IAMExampleRole"), ["ExamplePolicy1"])
            .With("ExamplePolicy1", Allow("dynamodb:GetItem", "ec2:StartInstances", "s3:GetObject"), [User("IAMExampleUser"), Role("IAMExampleRole")], versions: 2);
        Assert.Equal(Allow("dynamodb:GetItem", "s3:GetObject"), Assert.Single(account.Used(PolicyArn("ExamplePolicy1"), ("dynamodb", 20), ("ec2", null), ("s3", 45)).Review("ExamplePolicy1").Trims).Change!.After);
        Assert.Equal(
            [new AccountEdit.DetachPolicy(User("IAMExampleUser"), PolicyArn("ExamplePolicy1")), new AccountEdit.DetachPolicy(Role("IAMExampleRole"), PolicyArn("ExamplePolicy1"))],
            Assert.Single(account.Used(PolicyArn("ExamplePolicy1"), ("dynamodb", null), ("ec2", null), ("s3", 300)).Review("ExamplePolicy1").Trims).Edits);
    }
}
