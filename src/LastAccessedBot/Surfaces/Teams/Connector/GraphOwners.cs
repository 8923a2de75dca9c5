using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Surfaces.Teams.Payloads;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Teams.Connector;

/// <summary>Who owns a team, by Graph: Teams' own roster does not say it. The team's owners consent to it with the app's installation.</summary>
internal sealed class GraphOwners(ConnectorClient client, IOptions<TeamsOptions> options)
{
    private const string Scope = "https://graph.microsoft.com/.default";

    /// <summary>A team has at most 25,000 members, and its owners come with them.</summary>
    private const int MostPages = 60;

    /// <param name="group">The team's Entra id.</param>
    /// <returns>The owners' Entra object ids.</returns>
    public async Task<ImmutableHashSet<string>> OfAsync(string group, CancellationToken cancellation)
    {
        var owners = ImmutableHashSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        var address = new Uri(options.Value.GraphUrl, $"teams/{Uri.EscapeDataString(group)}/members");
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await client.CallAsync(new ConnectorCall("team members", HttpMethod.Get, address, $"graph {group}", IsRepeatable: true, Scope), cancellation);
            if (answer.Array("value") is { } members)
                foreach (var member in members.EnumerateArray())
                    if (IsOwner(member) && member.Text("userId", 100) is { } user && TeamsIds.IsWord(user)) owners.Add(user);
            // The token goes where the settings say, whatever the answer says.
            if (answer.Text("@odata.nextLink") is not { } next || !Uri.TryCreate(next, UriKind.Absolute, out var further) || further.GetLeftPart(UriPartial.Authority) != address.GetLeftPart(UriPartial.Authority)) break;
            address = further;
        }
        return owners.ToImmutable();
    }

    private static bool IsOwner(JsonElement member) => member.Array("roles") is { } roles && roles.EnumerateArray().Any(role => role.ValueKind == JsonValueKind.String && role.ValueEquals("owner"));
}
