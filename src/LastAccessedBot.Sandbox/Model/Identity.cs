using System.Text.Json.Serialization;

namespace LastAccessedBot.Sandbox.Model;

/// <summary>What users, groups and roles have in common.</summary>
public abstract class Identity
{
    /// <summary>The key under which the account holds it.</summary>
    [JsonIgnore]
    public string Name { get; set; } = "";

    public string Path { get; init; } = "/";

    public string Id { get; set; } = "";

    public When Created { get; init; } = When.DaysAgo(420);

    /// <summary>Managed policies: ARNs; a scenario may use bare names.</summary>
    public SortedSet<string> Attached { get; } = new(StringComparer.Ordinal);

    /// <summary>Inline policies by name.</summary>
    public SortedDictionary<string, PolicyText> Inline { get; } = new(StringComparer.OrdinalIgnoreCase);

    [JsonIgnore]
    public abstract EntityKind Kind { get; }

    public string ArnIn(string accountId) => $"arn:aws:iam::{accountId}:{Kind.ToString().ToLowerInvariant()}{Path}{Name}";
}

public enum EntityKind
{
    User,
    Group,
    Role,
}

/// <summary>An identity that acts by itself, and so has a history, tags and possibly a boundary.</summary>
public abstract class Actor : Identity
{
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>The policy that caps it: an ARN; a scenario may use a bare name.</summary>
    public string? Boundary { get; set; }

    /// <summary>Last attempts: by service ("s3") or by one of its actions ("s3:ListBucket").</summary>
    public SortedDictionary<string, When> Used { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Attempts that were denied, by action ("iam:ListUsers"), as CloudTrail records them.</summary>
    public SortedDictionary<string, When> Denied { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Attempts that CloudTrail recorded and no report shows (yet).</summary>
    public SortedDictionary<string, When> Recorded { get; } = new(StringComparer.OrdinalIgnoreCase);
}

public sealed class User : Actor
{
    [JsonIgnore]
    public override EntityKind Kind => EntityKind.User;

    public When? LoginProfile { get; set; }

    public When? PasswordLastUsed { get; init; }

    public List<AccessKey> AccessKeys { get; } = [];

    public SortedSet<string> MfaDevices { get; } = new(StringComparer.Ordinal);

    public List<StoredCredential> SshPublicKeys { get; } = [];

    public List<StoredCredential> SigningCertificates { get; } = [];

    public List<StoredCredential> ServiceSpecificCredentials { get; } = [];
}

public sealed class Group : Identity
{
    [JsonIgnore]
    public override EntityKind Kind => EntityKind.Group;

    public SortedSet<string> Members { get; } = new(StringComparer.OrdinalIgnoreCase);
}

public sealed class Role : Actor
{
    [JsonIgnore]
    public override EntityKind Kind => EntityKind.Role;

    public string Description { get; init; } = "";

    public PolicyText? TrustPolicy { get; init; }

    /// <summary>In seconds.</summary>
    public int MaxSessionDuration { get; init; } = 3600;

    public SortedSet<string> InstanceProfiles { get; } = new(StringComparer.Ordinal);

    /// <summary>A role that belongs to a service; only that service changes it.</summary>
    [JsonIgnore]
    public bool IsServiceLinked => Path.StartsWith("/aws-service-role/", StringComparison.Ordinal);
}

public sealed class AccessKey
{
    public string Id { get; init; } = "";

    public string Status { get; set; } = "Active";

    public When Created { get; init; } = When.DaysAgo(400);

    public When? LastUsed { get; init; }

    public string LastService { get; init; } = "s3";
}

/// <summary>An SSH public key, a signing certificate or a service-specific credential: AWS keeps no last use of them.</summary>
public sealed class StoredCredential
{
    public string Id { get; init; } = "";

    public string Status { get; init; } = "Active";

    public When Created { get; init; } = When.DaysAgo(400);
}
