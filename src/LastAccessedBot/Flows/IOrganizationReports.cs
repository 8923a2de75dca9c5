using LastAccessedBot.Core.Evidence;

namespace LastAccessedBot.Flows;

/// <summary>
/// Gets service access reports about parts of the organization from AWS, with the credentials of its management account. Throws as
/// <see cref="IAccessReports"/> does.
/// </summary>
public interface IOrganizationReports
{
    /// <summary>
    /// When anybody in the accounts below last used each service that SCPs let through; a user of a service is an account, told by its path. From a
    /// job that began at <paramref name="since"/> or later.
    /// </summary>
    /// <param name="entityPath"><see cref="Core.Account.OrganizationState.EntityPath"/>.</param>
    Task<AccessReport> ReportAsync(string entityPath, DateTimeOffset since, IProgress<ReportProgress>? progress, CancellationToken ct);
}
