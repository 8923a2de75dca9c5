using LastAccessedBot.Surfaces.Teams.Payloads;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>Says at start what is missing, before anybody types a command into silence.</summary>
internal sealed class TeamsOptionsCheck : IValidateOptions<TeamsOptions>
{
    public ValidateOptionsResult Validate(string? name, TeamsOptions options)
    {
        string[] problems = [.. Identity(options), .. Tenants(options), .. Addresses(options)];
        return problems.Length > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Identity(TeamsOptions options)
    {
        if (options.AppId.Length == 0)
        {
            if (options.AppPassword.Length > 0) yield return "Teams:AppId is missing, though Teams:AppPassword is set: copy the Microsoft App ID from the Azure Bot's page Configuration.";
            if (options.ManagedIdentity) yield return "Teams:AppId is missing, though Teams:ManagedIdentity is set: it is the client id of the user-assigned managed identity.";
            yield break;
        }
        if (!Guid.TryParseExact(options.AppId, "D", out _)) yield return $"Teams:AppId `{options.AppId}` is not an app id, which is a GUID: copy the Microsoft App ID from the Azure Bot's page Configuration.";
        if (options.AppPassword.Length == 0 && !options.ManagedIdentity)
            yield return "Teams:AppPassword is missing: create a client secret on the app registration's page Certificates & secrets, or set Teams:ManagedIdentity.";
        if (options.AppPassword.Length > 0 && options.ManagedIdentity) yield return "Teams:AppPassword and Teams:ManagedIdentity are both set: a managed identity has no password.";
    }

    private static IEnumerable<string> Tenants(TeamsOptions options)
    {
        if (options.AppId.Length > 0 && options.TenantId.Length == 0)
            yield return "Teams:TenantId is missing: copy the App Tenant ID from the Azure Bot's page Configuration; for an old multi-tenant bot it is `botframework.com`.";
        else if (options.TenantId.Length > 0 && !TeamsIds.IsWord(options.TenantId)) yield return $"Teams:TenantId `{options.TenantId}` is not a tenant's id.";
        else if (options.TenantId.Length > 0 && options.AllowedTenants.Count == 0 && !Guid.TryParseExact(options.TenantId, "D", out _))
            yield return $"Teams:AllowedTenants is missing: what comes in names its tenant by a GUID, which Teams:TenantId `{options.TenantId}` is not.";
        foreach (var tenant in options.AllowedTenants.Where(tenant => !TeamsIds.IsWord(tenant))) yield return $"Teams:AllowedTenants: `{tenant}` is not a tenant's id.";
    }

    private static IEnumerable<string> Addresses(TeamsOptions options)
    {
        if (!ThisMachine.IsSafe(options.OpenIdMetadataUrl)) yield return NotSafe(nameof(options.OpenIdMetadataUrl), options.OpenIdMetadataUrl);
        if (options.TokenUrl is { } endpoint && !ThisMachine.IsSafe(endpoint)) yield return NotSafe(nameof(options.TokenUrl), endpoint);
        if (!ThisMachine.IsSafe(options.GraphUrl)) yield return NotSafe(nameof(options.GraphUrl), options.GraphUrl);
        else if (!options.GraphUrl.AbsolutePath.EndsWith('/')) yield return $"Teams:GraphUrl `{options.GraphUrl}` does not end with a slash.";
        if (options.TokenIssuer.Length == 0) yield return "Teams:TokenIssuer is empty: leave it out for the Bot Framework's.";
        if (options.Scope.Length == 0) yield return "Teams:Scope is empty: leave it out for the Bot Framework's.";
        foreach (var host in options.AllowedServiceHosts.Where(host => !IsHost(host)))
            yield return $"Teams:AllowedServiceHosts: `{host}` is not the name of a host, like `smba.trafficmanager.net`, nor `*.` and the domain that it is below.";
    }

    private static bool IsHost(string host) => host.StartsWith("*.", StringComparison.Ordinal)
        ? Uri.CheckHostName(host[2..]) == UriHostNameType.Dns && host[2..].Contains('.', StringComparison.Ordinal)
        : Uri.CheckHostName(host) != UriHostNameType.Unknown;

    private static string NotSafe(string setting, Uri address) =>
        $"Teams:{setting} `{address}` is not an absolute https address (`http://` only on this machine, for trying out).";
}
