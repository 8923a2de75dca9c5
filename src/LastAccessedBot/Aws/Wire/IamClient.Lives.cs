using System.Collections.Immutable;

namespace LastAccessedBot.Aws.Wire;

/// <content>Users, groups and roles come and go, and roles in instance profiles.</content>
public sealed partial class IamClient
{
    /// <summary>Refused with <c>EntityAlreadyExists</c> when the name is taken, in any case of its letters and under any path.</summary>
    /// <param name="permissionsBoundary">The ARN of a policy, or <c>null</c>.</param>
    public Task<IamUser> CreateUserAsync(string userName, string path, string? permissionsBoundary, IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        ChangeAsync("CreateUser", [("UserName", userName), ("Path", path), ("PermissionsBoundary", permissionsBoundary), .. Numbered(tags)],
            result => IamUser.From(result.Required("User")), ct);

    /// <summary>Refused with <c>DeleteConflict</c> while anything but a boundary and tags hangs on the user.</summary>
    public Task DeleteUserAsync(string userName, CancellationToken ct) => ChangeAsync("DeleteUser", [("UserName", userName)], ct);

    /// <summary>Refused with <c>EntityAlreadyExists</c> when the name is taken, in any case of its letters and under any path.</summary>
    public Task<IamGroup> CreateGroupAsync(string groupName, string path, CancellationToken ct) =>
        ChangeAsync("CreateGroup", [("GroupName", groupName), ("Path", path)], result => IamGroup.From(result.Required("Group")), ct);

    /// <summary>Refused with <c>DeleteConflict</c> while the group has members or policies.</summary>
    public Task DeleteGroupAsync(string groupName, CancellationToken ct) => ChangeAsync("DeleteGroup", [("GroupName", groupName)], ct);

    /// <summary>Refused with <c>EntityAlreadyExists</c> when the name is taken, in any case of its letters and under any path.</summary>
    /// <param name="maxSessionDuration">In seconds.</param>
    /// <param name="permissionsBoundary">The ARN of a policy, or <c>null</c>.</param>
    public Task<IamRole> CreateRoleAsync(
        string roleName, string path, string assumeRolePolicyDocument, string? description, int maxSessionDuration, string? permissionsBoundary,
        IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        ChangeAsync("CreateRole",
            [
                ("RoleName", roleName), ("Path", path), ("AssumeRolePolicyDocument", assumeRolePolicyDocument), ("Description", description),
                ("MaxSessionDuration", $"{maxSessionDuration}"), ("PermissionsBoundary", permissionsBoundary), .. Numbered(tags),
            ],
            result => IamRole.From(result.Required("Role")), ct);

    /// <summary>Refused with <c>DeleteConflict</c> while the role has policies or is in an instance profile.</summary>
    public Task DeleteRoleAsync(string roleName, CancellationToken ct) => ChangeAsync("DeleteRole", [("RoleName", roleName)], ct);

    public Task<InstanceProfile> GetInstanceProfileAsync(string instanceProfileName, CancellationToken ct) =>
        ReadAsync("GetInstanceProfile", [("InstanceProfileName", instanceProfileName)], result => InstanceProfile.From(result.Required("InstanceProfile")), ct);

    public Task<ImmutableArray<InstanceProfile>> ListInstanceProfilesForRoleAsync(string roleName, CancellationToken ct) =>
        ListAsync("ListInstanceProfilesForRole", [("RoleName", roleName), MostItems], page => page.Members("InstanceProfiles", InstanceProfile.From), ct);

    /// <summary>Refused with <c>LimitExceeded</c> when the profile has a role already.</summary>
    public Task AddRoleToInstanceProfileAsync(string instanceProfileName, string roleName, CancellationToken ct) =>
        ChangeAsync("AddRoleToInstanceProfile", [("InstanceProfileName", instanceProfileName), ("RoleName", roleName)], ct);

    public Task RemoveRoleFromInstanceProfileAsync(string instanceProfileName, string roleName, CancellationToken ct) =>
        ChangeAsync("RemoveRoleFromInstanceProfile", [("InstanceProfileName", instanceProfileName), ("RoleName", roleName)], ct);
}
