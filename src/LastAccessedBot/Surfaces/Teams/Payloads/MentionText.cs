using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LastAccessedBot.Surfaces.Teams.Payloads;

/// <summary>
/// What was said, without the mention of the bot: found by the entity that names the bot's id, for anybody may bear its name. In the place of other
/// mentions stands a word of <c>@</c> and the mentioned account's id.
/// </summary>
internal static partial class MentionText
{
    private const int LongestText = 30_000, MostEntities = 50;

    public static string Of(JsonElement activity, string bot)
    {
        var text = activity.Text("text", LongestText) ?? "";
        foreach (var (mention, id) in Mentions(activity)) text = text.Replace(mention, id == bot ? " " : TeamsIds.IsId(id) ? $" @{id} " : " ", StringComparison.OrdinalIgnoreCase);
        // Teams writes three characters of what people type as entities, and dashes that nobody typed.
        return Space().Replace(Dash().Replace(WebUtility.HtmlDecode(text), "-"), " ").Trim();
    }

    private static IEnumerable<(string Text, string Id)> Mentions(JsonElement activity)
    {
        if (activity.Array("entities") is not { } entities) yield break;
        foreach (var entity in entities.EnumerateArray().Take(MostEntities))
            if (entity.Text("type", 40) == "mention" && entity.Object("mentioned") is { } mentioned && mentioned.Text("id") is { } id && (entity.Text("text", 500) ?? Named(mentioned)) is { Length: > 0 } mention) yield return (mention, id);
    }

    private static string? Named(JsonElement mentioned) => mentioned.Text("name", 200) is { } name ? $"<at>{name}</at>" : null;

    [GeneratedRegex(@"[\s\u00a0]+")]
    private static partial Regex Space();

    [GeneratedRegex(@"[\u2010-\u2015\u2212]")]
    private static partial Regex Dash();
}
