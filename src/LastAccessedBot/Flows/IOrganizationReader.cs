using System.Collections.Immutable;
using LastAccessedBot.Core.Account;

namespace LastAccessedBot.Flows;

/// <summary>Reads the organization, live, with the credentials of its management account.</summary>
public interface IOrganizationReader
{
    /// <summary>Begins to read for one command, or for one step of a trim. What a reading was told once it does not ask again, and it is never fresher than its first question.</summary>
    IOrganizationReading Begin();
}

/// <summary>
/// The organization as it is read for one command. Every method throws <see cref="AwsRefusedException"/>, for an
/// account in no organization and for one whose SCPs are switched off, too, or <see cref="AwsUnreachableException"/>.
/// </summary>
public interface IOrganizationReading
{
    /// <summary>Every root, unit or account, for finding what a user typed and names near it.</summary>
    Task<ImmutableArray<EntityRef>> EntitiesAsync(EntityKind kind, CancellationToken ct);

    /// <summary>
    /// All that decides what one entity may do: the way down to it, everything below it, and every SCP that is attached to any of these, with
    /// its text and targets; for an account, the SCPs in force over it. <c>null</c> when there is no such entity.
    /// </summary>
    Task<OrganizationState?> AroundAsync(string entityId, CancellationToken ct);
}
