using System.Collections.Immutable;

namespace LastAccessedBot.Aws.Wire;

/// <content>Users, groups and roles with what hangs on them. Lists of them carry no tags and no boundaries: the single reads do.</content>
public sealed partial class IamClient
{
    public Task<ImmutableArray<IamGroup>> ListGroupsAsync(CancellationToken ct) =>
        ListAsync("ListGroups", [MostItems], page => page.Members("Groups", IamGroup.From), ct);

    public Task<ImmutableArray<IamUser>> ListUsersAsync(CancellationToken ct) =>
        ListAsync("ListUsers", [MostItems], page => page.Members("Users", IamUser.From), ct);

    public Task<ImmutableArray<IamRole>> ListRolesAsync(CancellationToken ct) =>
        ListAsync("ListRoles", [MostItems], page => page.Members("Roles", IamRole.From), ct);

    /// <summary>A group with all its members.</summary>
    public async Task<GroupWithUsers> GetGroupAsync(string groupName, CancellationToken ct)
    {
        var pages = await PagesAsync("GetGroup", [("GroupName", groupName), MostItems],
            page => new GroupWithUsers(IamGroup.From(page.Required("Group")), page.Members("Users", IamUser.From)), ct);
        return pages[0] with { Users = [.. pages.SelectMany(page => page.Users)] };
    }

    public Task<IamUser> GetUserAsync(string userName, CancellationToken ct) =>
        ReadAsync("GetUser", [("UserName", userName)], result => IamUser.From(result.Required("User")), ct);

    public Task<IamRole> GetRoleAsync(string roleName, CancellationToken ct) =>
        ReadAsync("GetRole", [("RoleName", roleName)], result => IamRole.From(result.Required("Role")), ct);

    public Task<ImmutableArray<IamGroup>> ListGroupsForUserAsync(string userName, CancellationToken ct) =>
        ListAsync("ListGroupsForUser", [("UserName", userName), MostItems], page => page.Members("Groups", IamGroup.From), ct);

    /// <summary>No error when the user is in the group already.</summary>
    public Task AddUserToGroupAsync(string groupName, string userName, CancellationToken ct) =>
        ChangeAsync("AddUserToGroup", [("GroupName", groupName), ("UserName", userName)], ct);

    public Task RemoveUserFromGroupAsync(string groupName, string userName, CancellationToken ct) =>
        ChangeAsync("RemoveUserFromGroup", [("GroupName", groupName), ("UserName", userName)], ct);

    public Task<ImmutableArray<AttachedPolicy>> ListAttachedGroupPoliciesAsync(string groupName, CancellationToken ct) =>
        ListAsync("ListAttachedGroupPolicies", [("GroupName", groupName), MostItems],
            page => page.Members("AttachedPolicies", AttachedPolicy.From), ct);

    public Task<ImmutableArray<AttachedPolicy>> ListAttachedUserPoliciesAsync(string userName, CancellationToken ct) =>
        ListAsync("ListAttachedUserPolicies", [("UserName", userName), MostItems],
            page => page.Members("AttachedPolicies", AttachedPolicy.From), ct);

    public Task<ImmutableArray<AttachedPolicy>> ListAttachedRolePoliciesAsync(string roleName, CancellationToken ct) =>
        ListAsync("ListAttachedRolePolicies", [("RoleName", roleName), MostItems],
            page => page.Members("AttachedPolicies", AttachedPolicy.From), ct);

    /// <summary>No error when it is attached already.</summary>
    public Task AttachGroupPolicyAsync(string groupName, string policyArn, CancellationToken ct) =>
        ChangeAsync("AttachGroupPolicy", [("GroupName", groupName), ("PolicyArn", policyArn)], ct);

    /// <summary>No error when it is attached already.</summary>
    public Task AttachUserPolicyAsync(string userName, string policyArn, CancellationToken ct) =>
        ChangeAsync("AttachUserPolicy", [("UserName", userName), ("PolicyArn", policyArn)], ct);

    /// <summary>No error when it is attached already.</summary>
    public Task AttachRolePolicyAsync(string roleName, string policyArn, CancellationToken ct) =>
        ChangeAsync("AttachRolePolicy", [("RoleName", roleName), ("PolicyArn", policyArn)], ct);

    /// <summary>Refused with <c>NoSuchEntity</c> when it is not attached.</summary>
    public Task DetachGroupPolicyAsync(string groupName, string policyArn, CancellationToken ct) =>
        ChangeAsync("DetachGroupPolicy", [("GroupName", groupName), ("PolicyArn", policyArn)], ct);

    /// <summary>Refused with <c>NoSuchEntity</c> when it is not attached.</summary>
    public Task DetachUserPolicyAsync(string userName, string policyArn, CancellationToken ct) =>
        ChangeAsync("DetachUserPolicy", [("UserName", userName), ("PolicyArn", policyArn)], ct);

    /// <summary>Refused with <c>NoSuchEntity</c> when it is not attached.</summary>
    public Task DetachRolePolicyAsync(string roleName, string policyArn, CancellationToken ct) =>
        ChangeAsync("DetachRolePolicy", [("RoleName", roleName), ("PolicyArn", policyArn)], ct);

    /// <summary>The names of the inline policies.</summary>
    public Task<ImmutableArray<string>> ListGroupPoliciesAsync(string groupName, CancellationToken ct) =>
        ListAsync("ListGroupPolicies", [("GroupName", groupName), MostItems], page => page.Texts("PolicyNames"), ct);

    /// <summary>The names of the inline policies.</summary>
    public Task<ImmutableArray<string>> ListUserPoliciesAsync(string userName, CancellationToken ct) =>
        ListAsync("ListUserPolicies", [("UserName", userName), MostItems], page => page.Texts("PolicyNames"), ct);

    /// <summary>The names of the inline policies.</summary>
    public Task<ImmutableArray<string>> ListRolePoliciesAsync(string roleName, CancellationToken ct) =>
        ListAsync("ListRolePolicies", [("RoleName", roleName), MostItems], page => page.Texts("PolicyNames"), ct);

    /// <summary>The document of an inline policy.</summary>
    public Task<string> GetGroupPolicyAsync(string groupName, string policyName, CancellationToken ct) =>
        ReadAsync("GetGroupPolicy", [("GroupName", groupName), ("PolicyName", policyName)], result => result.Document("PolicyDocument"), ct);

    /// <summary>The document of an inline policy.</summary>
    public Task<string> GetUserPolicyAsync(string userName, string policyName, CancellationToken ct) =>
        ReadAsync("GetUserPolicy", [("UserName", userName), ("PolicyName", policyName)], result => result.Document("PolicyDocument"), ct);

    /// <summary>The document of an inline policy.</summary>
    public Task<string> GetRolePolicyAsync(string roleName, string policyName, CancellationToken ct) =>
        ReadAsync("GetRolePolicy", [("RoleName", roleName), ("PolicyName", policyName)], result => result.Document("PolicyDocument"), ct);

    /// <summary>Writes an inline policy, over one of that name if there is one: IAM keeps no older version.</summary>
    public Task PutGroupPolicyAsync(string groupName, string policyName, string policyDocument, CancellationToken ct) =>
        ChangeAsync("PutGroupPolicy", [("GroupName", groupName), ("PolicyName", policyName), ("PolicyDocument", policyDocument)], ct);

    /// <summary>Writes an inline policy, over one of that name if there is one: IAM keeps no older version.</summary>
    public Task PutUserPolicyAsync(string userName, string policyName, string policyDocument, CancellationToken ct) =>
        ChangeAsync("PutUserPolicy", [("UserName", userName), ("PolicyName", policyName), ("PolicyDocument", policyDocument)], ct);

    /// <summary>Writes an inline policy, over one of that name if there is one: IAM keeps no older version.</summary>
    public Task PutRolePolicyAsync(string roleName, string policyName, string policyDocument, CancellationToken ct) =>
        ChangeAsync("PutRolePolicy", [("RoleName", roleName), ("PolicyName", policyName), ("PolicyDocument", policyDocument)], ct);

    public Task DeleteGroupPolicyAsync(string groupName, string policyName, CancellationToken ct) =>
        ChangeAsync("DeleteGroupPolicy", [("GroupName", groupName), ("PolicyName", policyName)], ct);

    public Task DeleteUserPolicyAsync(string userName, string policyName, CancellationToken ct) =>
        ChangeAsync("DeleteUserPolicy", [("UserName", userName), ("PolicyName", policyName)], ct);

    public Task DeleteRolePolicyAsync(string roleName, string policyName, CancellationToken ct) =>
        ChangeAsync("DeleteRolePolicy", [("RoleName", roleName), ("PolicyName", policyName)], ct);
}
