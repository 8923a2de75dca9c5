using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Explanations;

/// <summary>What the service control policies over an account say about a service.</summary>
/// <param name="IsBound">false for the management account, which no SCP binds.</param>
/// <param name="ClosedAt">The levels, from the root down, at which no SCP allows any of it; each has to.</param>
/// <param name="Denying">The SCPs that deny some of it, each with where it is attached.</param>
/// <param name="Unread">SCPs that could not be understood.</param>
/// <param name="Problem">Why they are not known, as a clause with names in backticks; null where they are.</param>
public sealed record ScpsOnService(bool IsBound, ImmutableArray<Prose> ClosedAt, ImmutableArray<PolicyOnService> Denying, ImmutableArray<string> Unread, string? Problem = null)
{
    /// <summary>They could not be read; the rest of an answer stands without them.</summary>
    public static ScpsOnService NotRead(string problem) => new(true, [], [], [], problem);

    /// <summary>Nothing of the service gets through.</summary>
    [JsonIgnore]
    public bool Closes => IsBound && (ClosedAt.Length > 0 || Denying.Any(policy => policy.Statements.Any(statement => statement.HoldsEverywhere)));

    /// <param name="over">Around the account.</param>
    public static ScpsOnService Of(OrganizationState over, ServiceNamespace service)
    {
        var account = over.Subject.Ref;
        if (account.Id == over.ManagementAccountId) return new ScpsOnService(false, [], [], []);
        var read = over.Policies.ToDictionary(policy => policy.Id, policy => PolicyDocument.Read(policy.Content) is Parsed<PolicyDocument>.Ok { Value: var document } ? document : null);
        return new ScpsOnService(
            true,
            [.. over.Path.Where(level => !over.AttachedTo(level.Ref).Any(policy => read[policy.Id]?.Grants(service) ?? true)).Select(level => level.Ref.Prose)],
            [.. over.Path.SelectMany(level => over.AttachedTo(level.Ref).Select(policy => (Level: level, Policy: policy)))
                .Select(at => (at.Level, at.Policy, Statements: read[at.Policy.Id]?.StatementsOn(service).Where(statement => !statement.IsAllow).ToImmutableArray() ?? []))
                .Where(at => !at.Statements.IsEmpty)
                .Select(at => new PolicyOnService(Prose.Of($"{at.Policy.Name} at {at.Level.Ref.Prose}"), $"/unused {account.Words}", at.Statements))],
            [.. over.Policies.Where(policy => read[policy.Id] is null).Select(policy => policy.Name)]);
    }
}
