namespace LastAccessedBot.Aws.Wire;

/// <content>Permissions boundaries. Putting one replaces the one that is there; deleting one allows more.</content>
public sealed partial class IamClient
{
    /// <summary>Refused with <c>NoSuchEntity</c> when the user or the policy does not exist.</summary>
    /// <param name="permissionsBoundary">The ARN of a managed policy.</param>
    public Task PutUserPermissionsBoundaryAsync(string userName, string permissionsBoundary, CancellationToken ct) =>
        ChangeAsync("PutUserPermissionsBoundary", [("UserName", userName), ("PermissionsBoundary", permissionsBoundary)], ct);

    /// <summary>Refused with <c>NoSuchEntity</c> when the role or the policy does not exist, and with <c>UnmodifiableEntity</c> for a service-linked role.</summary>
    /// <param name="permissionsBoundary">The ARN of a managed policy.</param>
    public Task PutRolePermissionsBoundaryAsync(string roleName, string permissionsBoundary, CancellationToken ct) =>
        ChangeAsync("PutRolePermissionsBoundary", [("RoleName", roleName), ("PermissionsBoundary", permissionsBoundary)], ct);

    /// <summary>Refused with <c>NoSuchEntity</c> when the user has none.</summary>
    public Task DeleteUserPermissionsBoundaryAsync(string userName, CancellationToken ct) =>
        ChangeAsync("DeleteUserPermissionsBoundary", [("UserName", userName)], ct);

    /// <summary>Refused with <c>NoSuchEntity</c> when the role has none.</summary>
    public Task DeleteRolePermissionsBoundaryAsync(string roleName, CancellationToken ct) =>
        ChangeAsync("DeleteRolePermissionsBoundary", [("RoleName", roleName)], ct);
}
