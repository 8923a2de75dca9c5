using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace LastAccessedBot.Aws.Wire;

/// <summary>
/// IAM's operations under the names that the official SDK gives them, so that <c>AWSSDK.IdentityManagement</c> can take this class's place.
/// Lists come whole: every page is read, also past short and empty ones. Every method throws <see cref="Flows.AwsFailureException"/>
/// (refused, unreachable, or for changes: outcome unknown) and <see cref="OperationCanceledException"/>.
/// </summary>
public sealed partial class IamClient
{
    private readonly WireClient wire;

    internal IamClient(WireClient wire) => this.wire = wire;

    /// <summary>The whole account in a few large answers.</summary>
    /// <param name="filter">
    /// <c>User</c>, <c>Role</c>, <c>Group</c>, <c>LocalManagedPolicy</c>, <c>AWSManagedPolicy</c> (the attached ones); all of them when empty.
    /// </param>
    public async Task<AccountAuthorizationDetails> GetAccountAuthorizationDetailsAsync(IReadOnlyList<string> filter, CancellationToken ct)
    {
        var pages = new List<AccountAuthorizationDetails>();
        await foreach (var page in GetAccountAuthorizationDetailsPagesAsync(filter, 1_000, ct)) pages.Add(page);
        return new(
            [.. pages.SelectMany(page => page.UserDetailList)], [.. pages.SelectMany(page => page.GroupDetailList)],
            [.. pages.SelectMany(page => page.RoleDetailList)], [.. pages.SelectMany(page => page.Policies)]);
    }

    /// <summary>The same a page at a time, as it comes, for accounts that are too large to be held at once.</summary>
    /// <param name="mostItems">1 to 1,000 a page; IAM gives 100 unless told.</param>
    public async IAsyncEnumerable<AccountAuthorizationDetails> GetAccountAuthorizationDetailsPagesAsync(
        IReadOnlyList<string> filter, int mostItems, [EnumeratorCancellation] CancellationToken ct)
    {
        string? marker = null;
        do
        {
            var before = marker;
            (var page, marker) = await ReadAsync(
                "GetAccountAuthorizationDetails", [.. Numbered("Filter", filter), ("MaxItems", $"{mostItems}"), ("Marker", marker)],
                result => (new AccountAuthorizationDetails(
                    result.Members("UserDetailList", UserDetail.From), result.Members("GroupDetailList", GroupDetail.From),
                    result.Members("RoleDetailList", RoleDetail.From), result.Members("Policies", ManagedPolicyDetail.From)), NextMarker(result, before)), ct);
            yield return page;
        }
        while (marker is not null);
    }

    /// <summary>Starts a report job.</summary>
    /// <param name="arn">A user, group, role or managed policy.</param>
    /// <param name="granularity"><c>SERVICE_LEVEL</c> or <c>ACTION_LEVEL</c>.</param>
    /// <returns>The job's id, readable with the same credentials only.</returns>
    // A read, though it makes a job: a job that nobody reads harms nobody.
    public Task<string> GenerateServiceLastAccessedDetailsAsync(string arn, string granularity, CancellationToken ct) =>
        ReadAsync("GenerateServiceLastAccessedDetails", [("Arn", arn), ("Granularity", granularity)], result => result.Text("JobId"), ct);

    /// <summary>How far a job is, and when it is completed, its report.</summary>
    public async Task<ServiceLastAccessedDetails> GetServiceLastAccessedDetailsAsync(string jobId, CancellationToken ct)
    {
        var pages = await PagesAsync("GetServiceLastAccessedDetails", [("JobId", jobId), MostItems], page => new ServiceLastAccessedDetails(
            ServiceLastAccessedDetails.StatusOf(page), page.DateOrNull("JobCreationDate"), page.DateOrNull("JobCompletionDate"),
            page.Members("ServicesLastAccessed", ServiceLastAccessed.From), ErrorDetails.Of(page)), ct);
        return pages[^1] with { ServicesLastAccessed = [.. pages.SelectMany(page => page.ServicesLastAccessed)] };
    }

    /// <summary>Which members of a group, or users of a policy, used one service, the latest first.</summary>
    public async Task<ServiceLastAccessedDetailsWithEntities> GetServiceLastAccessedDetailsWithEntitiesAsync(
        string jobId, string serviceNamespace, CancellationToken ct)
    {
        var pages = await PagesAsync(
            "GetServiceLastAccessedDetailsWithEntities", [("JobId", jobId), ("ServiceNamespace", serviceNamespace), MostItems],
            page => new ServiceLastAccessedDetailsWithEntities(
                ServiceLastAccessedDetails.StatusOf(page), page.Members("EntityDetailsList", EntityDetails.From), ErrorDetails.Of(page)), ct);
        return pages[^1] with { EntityDetailsList = [.. pages.SelectMany(page => page.EntityDetailsList)] };
    }

    /// <summary>Which policies of an identity let services through; a user's groups count, boundaries and other kinds of policy don't.</summary>
    /// <param name="serviceNamespaces">1 to 200.</param>
    public Task<ImmutableArray<PoliciesGrantingServiceAccess>> ListPoliciesGrantingServiceAccessAsync(
        string arn, IReadOnlyList<string> serviceNamespaces, CancellationToken ct) =>
        ListAsync("ListPoliciesGrantingServiceAccess", [("Arn", arn), .. Numbered("ServiceNamespaces", serviceNamespaces)],
            page => page.Members("PoliciesGrantingServiceAccess", PoliciesGrantingServiceAccess.From), ct);

    private static (string, string?) MostItems => ("MaxItems", "1000");

    private static IEnumerable<(string, string?)> Numbered(string name, IEnumerable<string> values) =>
        values.Select((value, index) => ($"{name}.member.{index + 1}", (string?)value));

    private static IEnumerable<(string, string?)> Numbered(IEnumerable<KeyValuePair<string, string>> tags) => tags.SelectMany((tag, index) =>
        new[] { ($"Tags.member.{index + 1}.Key", (string?)tag.Key), ($"Tags.member.{index + 1}.Value", tag.Value) });

    private static XElement Result(string operation, byte[] body) =>
        body.Length == 0 ? throw new UnreadableAnswerException("it is empty") : XmlAnswer.Parse(body).Required($"{operation}Result");

    private Task<T> ReadAsync<T>(string operation, IReadOnlyList<(string, string?)> parameters, Func<XElement, T> read, CancellationToken ct) =>
        wire.ReadAsync(operation, parameters, body => read(Result(operation, body)), ct);

    private Task<T> ChangeAsync<T>(string operation, IReadOnlyList<(string, string?)> parameters, Func<XElement, T> read, CancellationToken ct) =>
        wire.ChangeAsync(operation, parameters, body => read(Result(operation, body)), ct);

    // Most changes answer with nothing but their success.
    private async Task ChangeAsync(string operation, IReadOnlyList<(string, string?)> parameters, CancellationToken ct) =>
        await wire.ChangeAsync(operation, parameters, _ => true, ct);

    private async Task<ImmutableArray<T>> ListAsync<T>(
        string operation, IReadOnlyList<(string, string?)> parameters, Func<XElement, ImmutableArray<T>> read, CancellationToken ct) =>
        [.. (await PagesAsync(operation, parameters, read, ct)).SelectMany(page => page)];

    // Only IsTruncated tells the last page: pages may be short, or empty, before it.
    private async Task<List<T>> PagesAsync<T>(
        string operation, IReadOnlyList<(string, string?)> parameters, Func<XElement, T> read, CancellationToken ct)
    {
        var pages = new List<T>();
        string? marker = null;
        do
        {
            var before = marker;
            (var page, marker) = await ReadAsync(
                operation, [.. parameters, ("Marker", marker)], result => (read(result), NextMarker(result, before)), ct);
            pages.Add(page);
        }
        while (marker is not null);
        return pages;
    }

    private static string? NextMarker(XElement result, string? before) =>
        !result.Flag("IsTruncated") ? null
        : result.TextOrNull("Marker") is { Length: > 0 } marker && marker != before ? marker
        : throw new UnreadableAnswerException("it has more pages, but not where they begin");
}
