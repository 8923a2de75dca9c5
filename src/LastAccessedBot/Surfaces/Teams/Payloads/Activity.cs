using System.Text.Json;
using LastAccessedBot.Surfaces.Teams.Authentication;

namespace LastAccessedBot.Surfaces.Teams.Payloads;

/// <summary>What Teams tells: something said, an invoke, somebody who came or went.</summary>
/// <param name="From">Who did it; null for somebody without an Entra identity, such as another bot, who decides and asks nothing.</param>
/// <param name="Text">What was said to the bot, without the mention of it.</param>
/// <param name="ReplyTo">The message that a card was on.</param>
/// <param name="Name">Of an invoke.</param>
/// <param name="Value">Of an invoke, and of a button that sends a message; good for as long as the activity is.</param>
internal sealed record Activity(string Type, string Id, Place Place, Account? From, string Text, string? ReplyTo, string? Name, JsonElement? Value)
{
    /// <summary>null for what no Teams sends.</summary>
    public static Activity? Read(JsonElement activity)
    {
        if (activity.Text("type", 40) is not { } type || activity.Object("conversation") is not { } conversation || activity.Object("recipient") is not { } recipient) return null;
        // Entra's ids are compared without case, and ours with it.
        var tenant = ActivityOrigin.Tenant(activity)?.ToLowerInvariant();
        var (id, bot) = (conversation.Text("id"), recipient.Text("id"));
        if (tenant is null || !TeamsIds.IsId(id) || !TeamsIds.IsId(bot)) return null;
        if (!Uri.TryCreate(activity.Text("serviceUrl"), UriKind.Absolute, out var service)) return null;
        var kind = conversation.Text("conversationType", 40) switch
        {
            "groupChat" => "groupChat",
            "channel" => "channel",
            _ => "personal",
        };
        var place = new Place(tenant, id!, kind, service, bot!);
        return new Activity(
            type, activity.Text("id", 400) ?? "", place, Sender(activity, place), MentionText.Of(activity, bot!),
            activity.Text("replyToId", 400) is { } replyTo && TeamsIds.IsId(replyTo) ? replyTo : null, activity.Text("name", 100), activity.Object("value"));
    }

    private static Account? Sender(JsonElement activity, Place place) =>
        activity.Object("from") is { } from && from.Text("id") is { } id && TeamsIds.IsId(id) && id != place.Bot && from.Text("role", 40) != "bot"
        && from.Text("aadObjectId", 100) is { } objectId && TeamsIds.IsWord(objectId)
            ? new Account(place.Tenant, objectId.ToLowerInvariant(), id, from.Text("name", 200) ?? objectId, place.Id, place.IsPersonal ? place.Id : null)
            : null;
}
