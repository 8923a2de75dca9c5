using LastAccessedBot.Sandbox;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>A trim that a test approves and undoes, with the changes that each must make, in order.</summary>
/// <param name="Ask">With <c>#</c> where each round takes another policy.</param>
internal sealed record TrimCase(string Name, string Ask, string Title, string[] Apply, string[] Undo)
{
    private const string OldPolicy = "Old-Experiment-#";

    /// <summary>How many policies there are to be deleted: one for each round.</summary>
    private const int OldPolicies = 60;

    /// <summary>Every kind of edit that a trim or its undo can hold.</summary>
    public static readonly TrimCase[] All =
    [
        new("detach from a group", "/unused group app-dev", "Detach App-Dev-ElasticTranscoder", ["DetachGroupPolicy"], ["AttachGroupPolicy"]),
        new("detach from a user", "/unused user nikhilj", "Detach IAMFullAccess", ["DetachUserPolicy"], ["AttachUserPolicy"]),
        new("detach from a role", "/unused role legacy-reporting-runner", "Detach Legacy-Reporting", ["DetachRolePolicy"], ["AttachRolePolicy"]),
        new("leave a group", "/unused user nikhilj", "Remove user nikhilj from group security-team", ["RemoveUserFromGroup"], ["AddUserToGroup"]),
        new("deny in an SCP", "/unused ou Development", "Deny AWS Database Migration Service and Amazon Lex in NewServiceTest", ["UpdatePolicy"], ["UpdatePolicy"]),
        new("deny by a new SCP", "/unused account 444455556666", "Deny 3", ["CreatePolicy", "AttachPolicy"], ["DetachPolicy", "DeletePolicy"]),
        new("narrow a policy", "/unused policy ExamplePolicy1", "Narrow ExamplePolicy1", ["CreatePolicyVersion"], ["SetDefaultPolicyVersion", "DeletePolicyVersion"]),
        new("narrow a policy with five versions", "/unused policy FiveVersions-Reporting", "Narrow FiveVersions-Reporting",
            ["DeletePolicyVersion", "CreatePolicyVersion"], ["SetDefaultPolicyVersion", "DeletePolicyVersion", "CreatePolicyVersion"]),
        new("take unused actions out of a policy", "/unused Development", "Take unused actions out of ExampleDevelopment", ["CreatePolicyVersion"], ["SetDefaultPolicyVersion", "DeletePolicyVersion"]),
        new("narrow an inline policy", "/unused role image-resizer", "Narrow inline policy read-images", ["PutRolePolicy"], ["PutRolePolicy"]),
        new("delete an inline policy", "/unused role image-resizer", "Delete inline policy old-experiment", ["DeleteRolePolicy"], ["PutRolePolicy"]),
        new("delete an inline policy of a user", "/unused user wang-xiulan", "Delete inline policy own-queue", ["DeleteUserPolicy"], ["PutUserPolicy"]),
        new("delete a policy with two versions", $"/unused policy {OldPolicy}", $"Delete the policy {OldPolicy}", ["DeletePolicyVersion", "DeletePolicy"], ["CreatePolicy", "CreatePolicyVersion"]),
        new("make an inline policy a managed one", "/unused convert role image-resizer", "Make inline policy read-images", ["CreatePolicy", "AttachRolePolicy", "DeleteRolePolicy"], ["PutRolePolicy", "DetachRolePolicy", "DeletePolicy"]),
        new("cap a user", "/unused cap user terry-whitlock", "Cap user terry-whitlock", ["CreatePolicy", "PutUserPermissionsBoundary"], ["PutUserPermissionsBoundary", "DeletePolicy"]),
        new("cap a role", "/unused cap role image-resizer", "Cap role image-resizer", ["CreatePolicy", "PutRolePermissionsBoundary"], ["DeleteRolePermissionsBoundary", "DeletePolicy"]),
        new("remove an idle member", "/unused members group Development", "Remove user richard-roe", ["RemoveUserFromGroup"], ["AddUserToGroup"]),
        new("deactivate a user", "/unused delete user wang-xiulan", "Deactivate user wang-xiulan", ["UpdateAccessKey"], ["UpdateAccessKey"]),
    ];

    public static TheoryData<string> Names => [.. All.Select(one => one.Name)];

    public static TrimCase Of(string name) => All.Single(one => one.Name == name);

    /// <summary>A policy without attachments has no report, and what makes a policy of another sort needs none.</summary>
    public bool HasReport => !Apply.Contains("DeletePolicy") && !Ask.StartsWith("/unused convert", StringComparison.Ordinal);

    /// <summary>As the round has it.</summary>
    public TrimCase In(int round) => this with { Ask = Numbered(Ask, round), Title = Numbered(Title, round) };

    /// <summary>The sandbox's own scenario, with policies to delete, one a round: an undone deletion makes a young policy, which nothing deletes again.</summary>
    public static string Scenario { get; } = Extended();

    public static SandboxAccount Account() => SandboxAccount.Load(Scenario, TimeProvider.System);

    private static string Extended()
    {
        const string Document = """{ "document": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "#", "Resource": "*" }] } }""";
        return ScenarioText.Default.With("policies", Enumerable.Range(0, OldPolicies).Select(number =>
            $$"""
            "{{Numbered(OldPolicy, number)}}": {
              "description": "Number {{number}}", "path": "/old/", "tags": { "team": "research" },
              "versions": [{{Document.Replace("#", "braket:Get*", StringComparison.Ordinal)}}, {{Document.Replace("#", "braket:*", StringComparison.Ordinal)}}]
            }
            """));
    }

    private static string Numbered(string text, int number) => text.Replace("#", $"{number}", StringComparison.Ordinal);
}
