using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Explanations;

/// <summary>What a policy of the identity says about the service.</summary>
/// <param name="Path">By which way it comes: <c>X directly</c>, <c>X through group G</c>.</param>
/// <param name="Command">What looks into it.</param>
public sealed record PolicyOnService(Prose Path, string Command, ImmutableArray<ServiceStatement> Statements);

/// <summary>The policy that caps the identity, and what it says about the service.</summary>
/// <param name="Statements">null: it could not be read.</param>
public sealed record BoundaryOnService(string Name, ImmutableArray<ServiceStatement>? Statements)
{
    /// <summary>Nothing of the service gets through.</summary>
    [JsonIgnore]
    public bool Closes => Statements is { } statements && (!statements.Any(statement => statement.IsAllow) || statements.Any(statement => !statement.IsAllow && statement.HoldsEverywhere));

    /// <summary>All of the service gets through.</summary>
    [JsonIgnore]
    public bool IsOpen => Statements is { } statements && statements.All(statement => statement.IsAllow) && statements.Any(statement => statement.HoldsEverywhere);
}

/// <summary>Why an identity has a service, or that it does not.</summary>
/// <param name="ServiceName">AWS's name for people, where its report has one.</param>
/// <param name="Use">Its line of the last-accessed report; null where the report does not list it, or there is none.</param>
/// <param name="HasUsers">There is somebody whose use AWS could report.</param>
/// <param name="Unread">Policies that could not be understood, each a sentence: what they say of the service is unknown.</param>
/// <param name="Second">What AWS's own list of granting policies says, held against this reading: sentences.</param>
/// <param name="Agrees">AWS's list names the same policies.</param>
/// <param name="Near">Services that may have been meant.</param>
/// <param name="Scps">What the organization says; null where there is none, and where nobody asked.</param>
public sealed record WhyAnswer(
    IdentityRef Of,
    ServiceNamespace Service,
    string ServiceName,
    DateTimeOffset At,
    ServiceUse? Use,
    bool HasUsers,
    ImmutableArray<PolicyOnService> Policies,
    ImmutableArray<Prose> Unread,
    BoundaryOnService? Boundary,
    ImmutableArray<Prose> Second,
    bool Agrees,
    ImmutableArray<ServiceNamespace> Near,
    ScpsOnService? Scps = null)
{
    /// <summary>The account of the identity; null for the home account where it has no name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountRef? In { get; init; }

    [JsonIgnore]
    public IEnumerable<PolicyOnService> Granting => Policies.Where(policy => policy.Statements.Any(statement => statement.IsAllow));

    [JsonIgnore]
    public IEnumerable<PolicyOnService> Denying => Policies.Where(policy => policy.Statements.Any(statement => !statement.IsAllow));

    /// <summary>Something denies every action of the service, on every resource, at all times.</summary>
    [JsonIgnore]
    public bool IsDenied => Denying.Any(policy => policy.Statements.Any(statement => !statement.IsAllow && statement.HoldsEverywhere));
}
