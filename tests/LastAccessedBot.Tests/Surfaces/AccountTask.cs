using System.Collections.Frozen;
using System.Collections.Immutable;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Tests.EndToEnd;

namespace LastAccessedBot.Tests.Surfaces;

/// <summary>Something that people do with the account by way of the bot, S5 to S7 of the scenarios, and how the <c>aws</c> command sees it.</summary>
/// <param name="Line">What is typed after the bot's command.</param>
/// <param name="Suggestion">How the title begins of what is approved.</param>
/// <param name="Changes">The calls that the approval leads to.</param>
/// <param name="Look">The arguments of the <c>aws</c> command that show it.</param>
/// <param name="Goes">Words that it says before and after, and not in between; null where nothing goes.</param>
/// <param name="Comes">Words that it says in between alone; null where nothing comes.</param>
internal sealed record AccountTask(string Line, string Suggestion, ImmutableArray<string> Changes, ImmutableArray<string> Look, string? Goes = null, string? Comes = null)
{
    public static readonly FrozenDictionary<string, AccountTask> All = new Dictionary<string, AccountTask>
    {
        ["S5 deactivate a user"] = new(
            "delete user wang-xiulan", "Deactivate user wang-xiulan", ["UpdateAccessKey"],
            ["iam", "list-access-keys", "--user-name", "wang-xiulan", "--query", "AccessKeyMetadata[].Status"], Goes: "\"Active\""),
        ["S5 delete a user"] = new(
            $"delete user {ContractAccount.Leaver}", $"Delete user {ContractAccount.Leaver}", ["DetachUserPolicy", "DeleteLoginProfile", "DeleteAccessKey", "DeleteUser"],
            ["iam", "get-account-authorization-details", "--filter", "User", "--query", $"UserDetailList[?UserName=='{ContractAccount.Leaver}'].[Arn,AttachedManagedPolicies[].PolicyName]"], Goes: "Squads-Storage")
        {
            Typed = ContractAccount.Leaver,
            IsLossless = false,
        },
        ["S6 deny what is unused by SCP"] = new(
            "ou Development 180d", "Deny AWS Database Migration Service and Amazon Lex in NewServiceTest", ["UpdatePolicy"],
            ["organizations", "describe-policy", "--policy-id", "p-newsvctest1", "--query", "Policy.Content"], Comes: "DenyUnusedServices")
        {
            Key = "management",
        },
        ["S7 convert an inline policy"] = new(
            "convert role image-resizer", "Make inline policy read-images of role image-resizer a managed policy", ["CreatePolicy", "AttachRolePolicy", "DeleteRolePolicy"],
            ["iam", "get-account-authorization-details", "--filter", "Role", "--query", "RoleDetailList[?RoleName=='image-resizer'].[RolePolicyList[].PolicyName,AttachedManagedPolicies[].PolicyArn]"],
            Goes: "\"read-images\"", Comes: ":policy/read-images\""),
        ["S7 cap a user by a boundary"] = new(
            "cap user terry-whitlock", "Cap user terry-whitlock at what it uses", ["CreatePolicy", "PutUserPermissionsBoundary"],
            ["iam", "get-user", "--user-name", "terry-whitlock", "--query", "User.PermissionsBoundary"], Goes: ":policy/Boundary-Engineering\"", Comes: ":policy/cap-user-terry-whitlock\""),
        ["S7 remove an idle member"] = new(
            "members group Development", "Remove user richard-roe from group Development", ["RemoveUserFromGroup"],
            ["iam", "get-group", "--group-name", "Development", "--query", "Users[].UserName"], Goes: "richard-roe"),
        ["S7 narrow an inline policy"] = new(
            "role image-resizer", "Narrow inline policy read-images", ["PutRolePolicy"],
            ["iam", "get-role-policy", "--role-name", "image-resizer", "--policy-name", "read-images", "--query", "PolicyDocument.Statement"], Goes: "rekognition:DetectLabels"),
        ["S7 detach from a role"] = new(
            "role legacy-reporting-runner", "Detach Legacy-Reporting from role legacy-reporting-runner", ["DetachRolePolicy"],
            ["iam", "list-attached-role-policies", "--role-name", "legacy-reporting-runner", "--query", "AttachedPolicies[].PolicyName"], Goes: "Legacy-Reporting"),
    }.ToFrozenDictionary();

    public static TheoryData<string> Names => [.. All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What is typed before the approval counts; null where a press is enough.</summary>
    public string? Typed { get; init; }

    /// <summary>Undo brings back all; false where credentials stay lost.</summary>
    public bool IsLossless { get; init; } = true;

    /// <summary>The credentials that the <c>aws</c> command has.</summary>
    private string Key { get; init; } = "test";

    /// <summary>What the <c>aws</c> command says now; null where it is not installed.</summary>
    public Task<string?> SeenAsync(SandboxServer aws) => AwsCommand.SayAsync(aws.Address, Key, [.. Look]);
}
