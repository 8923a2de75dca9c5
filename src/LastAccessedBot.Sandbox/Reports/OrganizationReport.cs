using LastAccessedBot.Sandbox.Evaluation;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Services;

namespace LastAccessedBot.Sandbox.Reports;

/// <summary>A service that the SCPs leave open to the entity; no attempt where nobody was seen.</summary>
public sealed record OrganizationServiceAccess(string Namespace, string Name, DateTimeOffset? Last, string? EntityPath, int Accounts);

/// <summary>Computes an organization's service access report: SCP logic only, accounts instead of identities.</summary>
public sealed class OrganizationReport(Organization organization, DateTimeOffset loadedAt, DateTimeOffset now, ServiceCatalog catalog)
{
    private static readonly TimeSpan TrackingPeriod = TimeSpan.FromDays(400);

    /// <summary>With a policy, only the services that the policy itself allows, and only the accounts that it reaches.</summary>
    public IReadOnlyList<OrganizationServiceAccess> Of(OrganizationNode subject, ServiceControlPolicy? policy)
    {
        // The management account stands outside all SCPs: every service, whatever policy was named.
        var isManagement = subject.Id == organization.ManagementAccountId;
        var accounts = Organization.Descend(subject).OfType<OrganizationAccount>()
            .Where(account => isManagement || account.Id != organization.ManagementAccountId)
            .Where(account => isManagement || policy is null || organization.PathTo(account).Any(step => policy.Targets.Contains(step.Id)))
            .ToList();
        return [.. catalog.Names
            .Where(service => isManagement
                || (IsOpen(subject, service.Key) && (policy is null || policy.Content.Document.GrantsService(service.Key))))
            .Select(service => Access(service.Key, service.Value, accounts))];
    }

    /// <summary>Every level from the root down must allow the service, and none may deny it.</summary>
    private bool IsOpen(OrganizationNode subject, string service) => organization.PathTo(subject)
        .All(step => new PolicySet(organization.AttachedTo(step.Id).Select(policy => policy.Content.Document)).GrantsService(service));

    private OrganizationServiceAccess Access(string service, string name, List<OrganizationAccount> accounts)
    {
        var attempts = accounts
            .Where(account => account.Used.ContainsKey(service))
            .Select(account => (Account: account, At: account.Used[service].Since(loadedAt)))
            .Where(attempt => now - attempt.At <= TrackingPeriod)
            .OrderByDescending(attempt => attempt.At)
            .ToList();
        return attempts.Count == 0
            ? new OrganizationServiceAccess(service, name, null, null, 0)
            : new OrganizationServiceAccess(service, name, attempts[0].At, organization.EntityPathOf(attempts[0].Account), attempts.Count);
    }
}
