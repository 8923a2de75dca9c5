using System.Net;

namespace LastAccessedBot.Surfaces;

/// <summary>What stays on this machine: who calls from it, by which of its names, and where it listens or sends.</summary>
internal static class ThisMachine
{
    private static readonly string[] s_names = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Whether the connection comes from this machine; so does one by way of a proxy that runs here.</summary>
    public static bool IsPeer(HttpContext http) => http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(Unmapped(remote));

    /// <summary>Whether the request names this machine by its own name: a rebound DNS name is another one.</summary>
    public static bool IsNamedBy(HttpRequest request) => s_names.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase);

    /// <param name="address">Where a server listens, such as <c>http://127.0.0.1:3978</c> or <c>http://*:80</c>.</param>
    public static bool IsListenedAt(string address)
    {
        var host = BindingAddress.Parse(address).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(Unmapped(ip)));
    }

    /// <summary>Whether what is sent there is encrypted, or does not leave this machine.</summary>
    public static bool IsSafe(Uri address) => address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
