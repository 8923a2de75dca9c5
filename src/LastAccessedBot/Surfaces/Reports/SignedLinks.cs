using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Flows;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Reports;

/// <summary>What a link opens.</summary>
/// <param name="Subject">The subject's words; null for the overview.</param>
/// <param name="Window">The days that the review is to have looked at; null for whichever is newest.</param>
internal sealed record Ticket(string? Subject, ReviewWindow? Window, DateTimeOffset Until);

/// <summary>What came of reading a link.</summary>
internal abstract record Opened
{
    private Opened() { }

    public sealed record Valid(Ticket Ticket) : Opened;

    public sealed record Expired : Opened;

    /// <summary>It was never made here, or it was changed.</summary>
    public sealed record Foreign : Opened;
}

/// <summary>
/// Links that are their own permission: what they open and until when, encrypted and signed with the keys of the store. Who sees one in a log
/// or in somebody's history learns no name from it, and nobody makes one of another.
/// </summary>
/// <remarks>The end stands inside, and not in the library's own time-limited protection: that one knows no clock but the machine's.</remarks>
internal sealed class SignedLinks(IDataProtectionProvider protection, IOptions<ReportsOptions> options, IServer server, TimeProvider time) : IReportLinks
{
    public const string Folder = "reports";

    // Longer than any name makes it; what is longer is not worth an attempt.
    private const int Longest = 2_000;

    private readonly IDataProtector _protector = protection.CreateProtector("LastAccessedBot.Reports.Link.v1");

    public ReportLink About(string subject, ReviewWindow? window) => Link(new Ticket(subject, window, Until()));

    public ReportLink Overview() => Link(new Ticket(null, null, Until()));

    public string Seal(Ticket ticket) => _protector.Protect(JsonSerializer.Serialize(new Payload(ticket.Subject, ticket.Window?.Days, ticket.Until.UtcTicks)));

    public Opened Open(string text)
    {
        if (text.Length > Longest) return new Opened.Foreign();
        Payload payload;
        try
        {
            payload = JsonSerializer.Deserialize<Payload>(_protector.Unprotect(text))!;
        }
        catch (CryptographicException)
        {
            return new Opened.Foreign();
        }
        var until = new DateTimeOffset(payload.U, TimeSpan.Zero);
        if (time.GetUtcNow() >= until) return new Opened.Expired();
        return new Opened.Valid(new Ticket(payload.S, payload.W is { } days && ReviewWindow.Of(days) is Parsed<ReviewWindow>.Ok { Value: var window } ? window : null, until));
    }

    private DateTimeOffset Until() => time.GetUtcNow() + options.Value.LinksExpireAfter;

    private ReportLink Link(Ticket ticket) => new(new Uri($"{Base().ToString().TrimEnd('/')}/{Folder}/{Seal(ticket)}"), ticket.Until);

    private Uri Base()
    {
        if (options.Value.BaseUrl is { } address) return address;
        var listening = BindingAddress.Parse(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost");
        // A wildcard is no place to go to.
        var isPlace = Uri.CheckHostName(listening.Host) != UriHostNameType.Unknown && !(IPAddress.TryParse(listening.Host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
        return new UriBuilder(listening.Scheme, isPlace ? listening.Host : "localhost", listening.Port).Uri;
    }

    // The names are short, as links are looked at.
    private sealed record Payload(string? S, int? W, long U);
}
