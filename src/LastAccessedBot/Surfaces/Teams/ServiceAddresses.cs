using LastAccessedBot.Surfaces.Teams.Payloads;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>The service addresses that replies may go to. Every activity brings its own, and the bot's token goes there: a foreign one would be handed the bot's identity.</summary>
internal sealed class ServiceAddresses(IOptions<TeamsOptions> options)
{
    private readonly string[] _hosts = [.. options.Value.ServiceHosts];
    private readonly bool _hasTestClient = options.Value.AllowAnonymousOnLoopback;

    /// <summary>The address, where the bot may send to it; null for any other, and for what is no plain address.</summary>
    public Uri? Admitted(string? serviceUrl)
    {
        // A backslash is a slash to some readers of an address and none to others.
        if (!TeamsIds.IsId(serviceUrl) || serviceUrl!.Contains('\\', StringComparison.Ordinal) || !Uri.TryCreate(serviceUrl, UriKind.Absolute, out var address)) return null;
        if (!ThisMachine.IsSafe(address) || address.UserInfo.Length + address.Query.Length + address.Fragment.Length > 0) return null;
        return (address.IsLoopback ? _hasTestClient || IsNamed(address) : _hosts.Any(host => Covers(host, address))) ? address : null;
    }

    private bool IsNamed(Uri address) => _hosts.Any(host => Host(host).Equals(address.IdnHost, StringComparison.OrdinalIgnoreCase));

    private static bool Covers(string host, Uri address) => host.StartsWith("*.", StringComparison.Ordinal)
        ? address.IdnHost.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(address.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static string Host(string host) => host.Trim('[', ']');
}
