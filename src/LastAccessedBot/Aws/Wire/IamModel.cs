using System.Collections.Immutable;
using System.Xml.Linq;

namespace LastAccessedBot.Aws.Wire;

// IAM's answers, in IAM's words. What IAM may leave out is nullable; texts of policies are URL-decoded.

public sealed record IamPolicy(
    string PolicyName, string Arn, string Path, string PolicyId, string DefaultVersionId, int AttachmentCount, int PermissionsBoundaryUsageCount,
    DateTimeOffset CreateDate, DateTimeOffset? UpdateDate, string? Description, ImmutableSortedDictionary<string, string> Tags)
{
    internal static IamPolicy From(XElement xml) => new(
        xml.Text("PolicyName"), xml.Text("Arn"), xml.Text("Path"), xml.Text("PolicyId"), xml.Text("DefaultVersionId"), xml.Count("AttachmentCount"),
        xml.Count("PermissionsBoundaryUsageCount"), xml.Date("CreateDate"), xml.DateOrNull("UpdateDate"), xml.TextOrNull("Description"), xml.Tags());
}

/// <param name="Document"><c>null</c> in <c>ListPolicyVersions</c>, which gives none.</param>
public sealed record IamPolicyVersion(string VersionId, bool IsDefaultVersion, DateTimeOffset CreateDate, string? Document)
{
    internal static IamPolicyVersion From(XElement xml) => new(
        xml.Text("VersionId"), xml.Flag("IsDefaultVersion"), xml.Date("CreateDate"), xml.Child("Document") is null ? null : xml.Document("Document"));
}

/// <param name="PermissionsBoundary">The boundary's ARN. Lists of users leave it out, and the tags.</param>
public sealed record IamUser(
    string UserName, string Arn, string Path, string UserId, DateTimeOffset CreateDate, DateTimeOffset? PasswordLastUsed, string? PermissionsBoundary,
    ImmutableSortedDictionary<string, string> Tags)
{
    internal static IamUser From(XElement xml) => new(
        xml.Text("UserName"), xml.Text("Arn"), xml.Text("Path"), xml.Text("UserId"), xml.Date("CreateDate"), xml.DateOrNull("PasswordLastUsed"),
        xml.Child("PermissionsBoundary")?.TextOrNull("PermissionsBoundaryArn"), xml.Tags());
}

public sealed record IamGroup(string GroupName, string Arn, string Path, string GroupId, DateTimeOffset CreateDate)
{
    internal static IamGroup From(XElement xml) =>
        new(xml.Text("GroupName"), xml.Text("Arn"), xml.Text("Path"), xml.Text("GroupId"), xml.Date("CreateDate"));
}

/// <param name="PermissionsBoundary">The boundary's ARN. Lists of roles leave it out, and the tags and the last use.</param>
/// <param name="MaxSessionDuration">In seconds; 0 where an answer leaves it out.</param>
public sealed record IamRole(
    string RoleName, string Arn, string Path, string RoleId, DateTimeOffset CreateDate, string? PermissionsBoundary, DateTimeOffset? RoleLastUsed,
    ImmutableSortedDictionary<string, string> Tags, string? AssumeRolePolicyDocument, string? Description, int MaxSessionDuration)
{
    internal static IamRole From(XElement xml) => new(
        xml.Text("RoleName"), xml.Text("Arn"), xml.Text("Path"), xml.Text("RoleId"), xml.Date("CreateDate"),
        xml.Child("PermissionsBoundary")?.TextOrNull("PermissionsBoundaryArn"), xml.Child("RoleLastUsed")?.DateOrNull("LastUsedDate"), xml.Tags(),
        xml.Child("AssumeRolePolicyDocument") is null ? null : xml.Document("AssumeRolePolicyDocument"), xml.TextOrNull("Description"), xml.Count("MaxSessionDuration"));
}

public sealed record AttachedPolicy(string PolicyName, string PolicyArn)
{
    internal static AttachedPolicy From(XElement xml) => new(xml.Text("PolicyName"), xml.Text("PolicyArn"));
}

/// <summary>Whom a policy is attached to, or caps, by name.</summary>
public sealed record EntitiesForPolicy(ImmutableArray<string> PolicyGroups, ImmutableArray<string> PolicyUsers, ImmutableArray<string> PolicyRoles);

public sealed record GroupWithUsers(IamGroup Group, ImmutableArray<IamUser> Users);

public sealed record AccessKeyMetadata(string AccessKeyId, string Status, DateTimeOffset? CreateDate)
{
    internal static AccessKeyMetadata From(XElement xml) => new(xml.Text("AccessKeyId"), xml.Text("Status"), xml.DateOrNull("CreateDate"));
}

/// <param name="LastUsedDate">null: not within AWS's memory.</param>
public sealed record AccessKeyLastUsed(DateTimeOffset? LastUsedDate, string ServiceName)
{
    internal static AccessKeyLastUsed From(XElement xml) => new(xml.DateOrNull("LastUsedDate"), xml.Text("ServiceName"));
}

public sealed record LoginProfile(DateTimeOffset CreateDate)
{
    internal static LoginProfile From(XElement xml) => new(xml.Date("CreateDate"));
}

public sealed record SshPublicKeyMetadata(string SshPublicKeyId, string Status, DateTimeOffset? UploadDate)
{
    internal static SshPublicKeyMetadata From(XElement xml) => new(xml.Text("SSHPublicKeyId"), xml.Text("Status"), xml.DateOrNull("UploadDate"));
}

public sealed record SigningCertificate(string CertificateId, string Status, DateTimeOffset? UploadDate)
{
    internal static SigningCertificate From(XElement xml) => new(xml.Text("CertificateId"), xml.Text("Status"), xml.DateOrNull("UploadDate"));
}

public sealed record ServiceSpecificCredentialMetadata(string ServiceSpecificCredentialId, string Status, DateTimeOffset? CreateDate)
{
    internal static ServiceSpecificCredentialMetadata From(XElement xml) =>
        new(xml.Text("ServiceSpecificCredentialId"), xml.Text("Status"), xml.DateOrNull("CreateDate"));
}

/// <param name="Roles">The roles that it holds, by name: one at most.</param>
public sealed record InstanceProfile(string InstanceProfileName, string InstanceProfileId, ImmutableArray<string> Roles)
{
    internal static InstanceProfile From(XElement xml) =>
        new(xml.Text("InstanceProfileName"), xml.Text("InstanceProfileId"), xml.Members("Roles", one => one.Text("RoleName")));
}

public enum JobStatus { InProgress, Completed, Failed }

public sealed record ErrorDetails(string Code, string Message)
{
    internal static ErrorDetails? Of(XElement xml, string name = "Error") => xml.Child(name) is { } error ? new(error.Text("Code"), error.Text("Message")) : null;
}

/// <param name="Error">Why a failed job failed.</param>
public sealed record ServiceLastAccessedDetails(
    JobStatus JobStatus, DateTimeOffset? JobCreationDate, DateTimeOffset? JobCompletionDate, ImmutableArray<ServiceLastAccessed> ServicesLastAccessed, ErrorDetails? Error)
{
    internal static JobStatus StatusOf(XElement xml) => xml.Text("JobStatus") switch
    {
        "IN_PROGRESS" => JobStatus.InProgress,
        "COMPLETED" => JobStatus.Completed,
        "FAILED" => JobStatus.Failed,
        var other => throw new UnreadableAnswerException($"`JobStatus` is `{other}`"),
    };
}

/// <param name="TrackedActionsLastAccessed">Empty in reports of the service level, and for services without action data.</param>
public sealed record ServiceLastAccessed(
    string ServiceName, string ServiceNamespace, DateTimeOffset? LastAuthenticated, string? LastAuthenticatedEntity, int TotalAuthenticatedEntities,
    ImmutableArray<TrackedActionLastAccessed> TrackedActionsLastAccessed)
{
    internal static ServiceLastAccessed From(XElement xml) => new(
        xml.Text("ServiceName"), xml.Text("ServiceNamespace"), xml.DateOrNull("LastAuthenticated"), xml.TextOrNull("LastAuthenticatedEntity"),
        xml.Count("TotalAuthenticatedEntities"), xml.Members("TrackedActionsLastAccessed", TrackedActionLastAccessed.From));
}

public sealed record TrackedActionLastAccessed(string ActionName, DateTimeOffset? LastAccessedTime, string? LastAccessedEntity)
{
    internal static TrackedActionLastAccessed From(XElement xml) =>
        new(xml.Text("ActionName"), xml.DateOrNull("LastAccessedTime"), xml.TextOrNull("LastAccessedEntity"));
}

public sealed record ServiceLastAccessedDetailsWithEntities(
    JobStatus JobStatus, ImmutableArray<EntityDetails> EntityDetailsList, ErrorDetails? Error);

/// <param name="Type"><c>USER</c>, <c>ROLE</c> or <c>GROUP</c>.</param>
public sealed record EntityDetails(string Arn, string Name, string Type, string Id, DateTimeOffset? LastAuthenticated)
{
    internal static EntityDetails From(XElement xml)
    {
        var info = xml.Required("EntityInfo");
        return new(info.Text("Arn"), info.Text("Name"), info.Text("Type"), info.Text("Id"), xml.DateOrNull("LastAuthenticated"));
    }
}

public sealed record PoliciesGrantingServiceAccess(string ServiceNamespace, ImmutableArray<PolicyGrantingServiceAccess> Policies)
{
    internal static PoliciesGrantingServiceAccess From(XElement xml) =>
        new(xml.Text("ServiceNamespace"), xml.Members("Policies", PolicyGrantingServiceAccess.From));
}

/// <param name="PolicyType"><c>INLINE</c> or <c>MANAGED</c>.</param>
/// <param name="PolicyArn">Of a managed policy.</param>
/// <param name="EntityType">Of an inline policy: what it is inline in, <c>USER</c>, <c>ROLE</c> or <c>GROUP</c>.</param>
public sealed record PolicyGrantingServiceAccess(string PolicyName, string PolicyType, string? PolicyArn, string? EntityType, string? EntityName)
{
    internal static PolicyGrantingServiceAccess From(XElement xml) => new(
        xml.Text("PolicyName"), xml.Text("PolicyType"), xml.TextOrNull("PolicyArn"), xml.TextOrNull("EntityType"), xml.TextOrNull("EntityName"));
}
