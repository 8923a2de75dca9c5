using System.Text.RegularExpressions;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Surfaces.Teams.Payloads;

/// <summary>
/// Teams' ids and how the bot writes them: a person is known by their Entra object id and a conversation by its own id, both within their
/// tenant. Teams' own are GUIDs and the like; test clients send other words, so all of them are opaque.
/// </summary>
internal static partial class TeamsIds
{
    public const string SurfaceName = "teams";

    /// <summary>Stands before the Entra id of a team, where its owners are meant.</summary>
    public const string OwnersOf = "owners-of:";

    /// <summary>A tenant, or an Entra object: a word without a slash.</summary>
    public static bool IsWord(string? id) => id is not null && Word().IsMatch(id);

    /// <summary>A conversation, an activity, an account (<c>29:…</c>, <c>28:…</c>): no white space in it, and no control characters.</summary>
    public static bool IsId(string? id) => id is not null && Id().IsMatch(id);

    public static Person Person(string tenant, string objectId, string name) => new(SurfaceName, $"{tenant}/{objectId}", name);

    public static Conversation Conversation(string tenant, string conversation) => new(SurfaceName, $"{tenant}/{conversation}");

    /// <summary>Takes <c>tenant/…</c> apart.</summary>
    public static (string Tenant, string Id) Split(string id) => TrySplit(id) ?? throw new FormatException($"`{id}` is not a Teams id of the form tenant/….");

    /// <summary>null for what is no such id.</summary>
    public static (string Tenant, string Id)? TrySplit(string id) => id.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? (id[..slash], id[(slash + 1)..]) : null;

    [GeneratedRegex(@"^[A-Za-z0-9._:@-]{1,100}\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[\x21-\x7e]{1,400}\z")]
    private static partial Regex Id();
}
