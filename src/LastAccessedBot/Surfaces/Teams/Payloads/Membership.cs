using System.Text.Json;

namespace LastAccessedBot.Surfaces.Teams.Payloads;

/// <summary>Whether the bot came to a conversation or left it: Teams tells in two ways, and not every client uses both.</summary>
internal static class Membership
{
    private const int MostMembers = 1_000;

    /// <summary>null where it is about somebody else.</summary>
    public static Told? Of(JsonElement payload, Activity activity) => activity.Type == "installationUpdate"
        ? payload.Text("action", 40) switch
        {
            "add" or "add-upgrade" => new Told.Welcomed(activity.Place, activity.From),
            "remove" or "remove-upgrade" => new Told.Removed(activity.Place),
            _ => null,
        }
        : Names(payload.Array("membersAdded"), activity.Place.Bot) ? new Told.Welcomed(activity.Place, activity.From)
        : Names(payload.Array("membersRemoved"), activity.Place.Bot) ? new Told.Removed(activity.Place)
        : null;

    private static bool Names(JsonElement? members, string bot) => members is { } some && some.EnumerateArray().Take(MostMembers).Any(member => member.Text("id", 400) == bot);
}
