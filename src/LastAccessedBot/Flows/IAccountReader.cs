using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Flows;

/// <summary>
/// Reads whole identities and whole policies of the account, live; nothing is cached. Every method throws
/// <see cref="AwsRefusedException"/> or <see cref="AwsUnreachableException"/> rather than give half a reading.
/// </summary>
public interface IAccountReader
{
    /// <summary>Whose credentials the bot uses.</summary>
    Task<CallerIdentity> CallerAsync(CancellationToken ct);

    /// <summary>Every identity and every customer managed policy by name, for finding what a user typed and names near it.</summary>
    Task<AccountNames> NamesAsync(CancellationToken ct);

    /// <summary>One identity with all that hangs on it, under AWS's own spelling of its name; <c>null</c> when there is none.</summary>
    Task<Identity?> IdentityAsync(IdentityRef identity, CancellationToken ct);

    /// <summary>The same with what a user signs in with, or what a role is besides its policies: some ten calls more.</summary>
    Task<Identity?> IdentityInFullAsync(IdentityRef identity, CancellationToken ct);

    /// <summary>
    /// One policy with its versions, tags and everybody whom it is attached to or caps; <c>null</c> when there is none. Of a policy that AWS
    /// keeps only the default version: nobody edits it, and it may have a hundred.
    /// </summary>
    Task<ManagedPolicy?> PolicyAsync(string arn, CancellationToken ct);

    /// <summary>The policies that, by AWS's own account, let a user, group or role use a service: its own and those of a user's groups.</summary>
    Task<ImmutableArray<GrantingPolicy>> GrantingPoliciesAsync(string arn, ServiceNamespace service, CancellationToken ct);

    /// <summary>The customer managed policies that are attached as permissions policies to anybody, with their default documents; no call for each.</summary>
    Task<ImmutableArray<PolicySummary>> AttachedCustomerPoliciesAsync(CancellationToken ct);

    /// <summary>
    /// The whole account a page at a time, without a call for each: every user, group and role, without the members of groups, every customer
    /// managed policy, and those of AWS's that are attached. It is never held at once. Somebody who changes the account meanwhile may be in twice, or missing.
    /// </summary>
    IAsyncEnumerable<AccountPage> PagesAsync(CancellationToken ct);
}

/// <summary>The account that the bot's credentials belong to, and the user or role session that they are.</summary>
public sealed record CallerIdentity(string AccountId, string Arn);

public sealed record AccountNames(ImmutableArray<IdentityRef> Identities, ImmutableArray<PolicyName> Policies);

public sealed record PolicyName(string Name, string Arn);

/// <param name="Identities">Without <see cref="Identity.Members"/>.</param>
public sealed record AccountPage(ImmutableArray<Identity> Identities, ImmutableArray<PolicySummary> Policies);

/// <param name="AttachmentCount">How many identities it is attached to, boundaries not counted.</param>
/// <param name="DefaultSince">When its default version was made.</param>
public sealed record PolicySummary(string Name, string Arn, int AttachmentCount, DateTimeOffset DefaultSince, string Document);
