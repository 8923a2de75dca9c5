using System.Diagnostics;

namespace LastAccessedBot.Tests.House;

/// <summary>The roles that the templates make may do what the bot's code asks of AWS, and no more.</summary>
public sealed class RoleTests
{
    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "reader", "                  - iam:ListUsers\n", "", "reader: iam:ListUsers is missing" },
        { "reader", "iam:ListUsers\n", "iam:ListUserTags\n", "reader: nothing calls iam:ListUserTags" },
        { "reader", "iam:ListUsers\n", "iam:DeleteUser\n", "reader: nothing calls iam:DeleteUser" },
        { "reader", "iam:ListUsers\n", "iam:List*\n", "reader, Account: allows by a wildcard" },
        { "trimmer", "iam:DetachUserPolicy\n", "iam:DetachUserPolicy\n              - iam:GetUser\n", "trimmer: nothing calls iam:GetUser" },
        { "trimmer", "              - iam:TagUser\n", "", "trimmer: iam:TagUser is missing" },
        { "trimmer", "Resource: !Sub \"arn:${AWS::Partition}:iam::${AWS::AccountId}:group${Path}*\"", "Resource: \"*\"", "trimmer, Groups: changes any resource" },
        { "trimmer", ":user${Path}*", ":user/*", "trimmer, Users: is not fenced by the path" },
        { "trimmer", "iam:PolicyARN:", "iam:PermissionsBoundary:", "trimmer, Attachments: is not fenced by iam:PolicyARN" },
        { "trimmer", "iam:PassedToService:", "aws:SourceAccount:", "trimmer, RolesOfInstanceProfiles: is not fenced by iam:PassedToService" },
        { "trimmer", "role/last-accessed-bot/*", "role/some-other-bot/*", "trimmer: iam:PutRolePolicy may change the bot's own roles" },
        { "trimmer", "              - !Ref HostPrincipalArn\n", "", "trimmer: may change who the bot runs as" },
        { "trimmer", "aws:ResourceTag/LastAccessedBot", "aws:ResourceTag/Other", "trimmer: iam:PutUserPolicy goes past the tag" },
        { "trimmer", "ArnNotEquals:", "ArnEquals:", "trimmer: iam:PutUserPermissionsBoundary goes past the boundary that must stay" },
        { "trimmer", "              Resource: !Ref BoundaryArn", "              Resource: !Ref HostPrincipalArn", "trimmer: iam:SetDefaultPolicyVersion may rewrite the boundary that must stay" },
        { "member-account", "sts:ExternalId", "aws:PrincipalTag/team", "member-account: the role may be assumed without an external id" },
        { "organization-reader", "sts:ExternalId", "aws:PrincipalTag/team", "organization-reader: the role may be assumed without an external id" },
        { "member-account", "iam:PassedToService: ec2.amazonaws.com", "iam:PassedToService: ecs-tasks.amazonaws.com", "member-account, RolesOfInstanceProfiles: differs from reader and trimmer" },
        { "member-account", "      Path: /last-accessed-bot/\n", "", "member-account: the role is not below /last-accessed-bot/" },
        { "organization-reader", "              - organizations:ListRoots\n", "", "organization-reader: organizations:ListRoots is missing" },
        { "organization-trimmer", "organizations:PolicyType", "aws:SourceAccount", "organization-trimmer, Targets: is not fenced by organizations:PolicyType" },
        { "organization-trimmer", "Resource: !Ref TargetArns", "Resource: \"*\"", "organization-trimmer, Targets: changes any resource" },
    };

    [Fact]
    public void The_templates_allow_exactly_what_the_code_calls_and_fence_what_changes() => Assert.Empty(new RoleLint(RoleTemplate.Text).Faults);

    [Fact]
    public void No_operation_of_a_client_is_there_for_nobody() => Assert.Empty(CalledOperations.NeverCalled);

    [Fact]
    public void The_code_reads_and_changes()
    {
        Assert.Contains("iam:GenerateServiceLastAccessedDetails", CalledOperations.HomeReads);
        Assert.Contains("iam:DetachGroupPolicy", CalledOperations.HomeWrites);
        Assert.Contains("organizations:ListRoots", CalledOperations.OrganizationReads);
        Assert.Contains("organizations:AttachPolicy", CalledOperations.OrganizationWrites);
        Assert.Empty(CalledOperations.HomeReads.Intersect(CalledOperations.HomeWrites));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_in_a_template_is_found(string template, string right, string wrong, string fault)
    {
        var text = RoleTemplate.Text(template);
        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.Contains(fault, new RoleLint(name => name == template ? text.Replace(right, wrong, StringComparison.Ordinal) : RoleTemplate.Text(name)).Faults);
    }

    [Fact]
    public async Task Cfn_lint_has_nothing_to_say()
    {
        var start = new ProcessStartInfo("cfn-lint", [.. RoleLint.Names.Select(name => Repository.File($"manifests/aws/{name}.yaml"))]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("cfn-lint, which comes with python3's packages, is not installed");
            return;
        }
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal("", said + await errors);
        }
    }
}
