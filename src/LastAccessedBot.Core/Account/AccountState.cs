using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace LastAccessedBot.Core.Account;

/// <summary>
/// A part of an account as it was read: whole identities and whole policies, but not necessarily all of them. The planner computes from
/// one, and a later reading of the same part tells by its <see cref="Fingerprint"/> whether anything moved.
/// </summary>
public sealed partial record AccountState(
    ImmutableSortedDictionary<IdentityRef, Identity> Identities,
    ImmutableSortedDictionary<string, ManagedPolicy> Policies)
{
    public static AccountState Empty { get; } = new(
        ImmutableSortedDictionary<IdentityRef, Identity>.Empty,
        ImmutableSortedDictionary.Create<string, ManagedPolicy>(StringComparer.Ordinal));

    public AccountState With(Identity identity) => this with { Identities = Identities.SetItem(identity.Ref, identity) };

    public AccountState With(ManagedPolicy policy) => this with { Policies = Policies.SetItem(policy.Arn, policy) };

    /// <summary>
    /// SHA-256 over everything here that a trim may rest on: unique ids, documents, default versions, attachments, boundaries, members,
    /// tags, and where they were read, credentials, the settings of roles and the organization. Two readings with the same fingerprint give the same plan from the same evidence.
    /// </summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var identity in Identities.Values)
        {
            Line(text, "identity", identity.Ref.ToString(), identity.Id, identity.Path, identity.BoundaryArn ?? "");
            Line(text, "attached", [.. identity.Attached]);
            Line(text, "members", [.. identity.Members]);
            Line(text, "groups", [.. identity.Groups]);
            Pairs(text, "inline", identity.Inline);
            Pairs(text, "tags", identity.Tags);
            Details(text, identity);
        }
        foreach (var policy in Policies.Values)
        {
            Line(text, "policy", policy.Arn, policy.Id, policy.Description ?? "");
            foreach (var version in policy.Versions) Line(text, "version", version.Id, version.IsDefault ? "default" : "", version.Document);
            Line(text, "attachedTo", [.. policy.AttachedTo.Select(identity => identity.ToString())]);
            Line(text, "boundaryOf", [.. policy.BoundaryOf.Select(identity => identity.ToString())]);
            Pairs(text, "tags", policy.Tags);
        }
        if (Organization is not null) Details(text, Organization);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Where nobody asked for the details there is no line of them: fingerprints of reviews stay what they were. When something was last used
    // is evidence, and the plan's to judge.
    private static void Details(StringBuilder text, Identity identity)
    {
        if (identity.User is { } user)
        {
            Line(text, "password", $"{user.PasswordSince:O}");
            foreach (var credential in user.Credentials) Line(text, "credential", $"{credential.Kind}", credential.Id, credential.IsActive ? "active" : "");
            Line(text, "mfa", [.. user.MfaDevices]);
        }
        if (identity.Role is { } role)
        {
            Line(text, "role", role.Settings.TrustPolicy, role.Settings.Description ?? "", $"{role.Settings.MaxSessionDuration}");
            Line(text, "instanceProfiles", [.. role.InstanceProfiles]);
        }
    }

    private static void Pairs(StringBuilder text, string kind, ImmutableSortedDictionary<string, string> pairs)
    {
        foreach (var (name, value) in pairs) Line(text, kind, name, value);
    }

    // Every part goes with its length: no two different readings can run together into one text.
    private static void Line(StringBuilder text, string kind, params ReadOnlySpan<string> parts)
    {
        text.Append(kind);
        foreach (var part in parts) text.Append(' ').Append(part.Length).Append(':').Append(part);
        text.Append('\n');
    }
}
