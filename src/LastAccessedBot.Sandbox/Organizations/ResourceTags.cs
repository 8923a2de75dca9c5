using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Organizations.OrganizationsOperation;

namespace LastAccessedBot.Sandbox.Organizations;

/// <summary>Tags of roots, units, accounts and the organization's own policies.</summary>
internal static class ResourceTags
{
    public static readonly OrganizationsOperation[] Operations =
    [
        Read("ListTagsForResource", call => call.Page("Tags", Tags(call), tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })),
        Write("TagResource", Tag),
        Write("UntagResource", Untag),
    ];

    private static void Tag(OrganizationsCall call)
    {
        var tags = Tags(call);
        foreach (var tag in Items(call, "Tags"))
            tags[tag.GetProperty("Key").GetString()!] = tag.GetProperty("Value").GetString()!;
    }

    private static void Untag(OrganizationsCall call)
    {
        var tags = Tags(call);
        foreach (var key in Items(call, "TagKeys"))
            tags.Remove(key.GetString()!);
    }

    private static SortedDictionary<string, string> Tags(OrganizationsCall call) => call.Organization.Find(call["ResourceId"]) is { } node ? node.Tags
        : call.Organization.Policies.GetValueOrDefault(call["ResourceId"]) is { AwsManaged: false } policy ? policy.Tags
        : throw new AwsException("TargetNotFoundException", 400, "We can't find a root, OU, account, or policy with the TargetId that you specified.");

    private static IEnumerable<JsonElement> Items(OrganizationsCall call, string name) =>
        call.Body.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray()
        : throw new AwsException("InvalidInputException", 400, $"You specified an invalid value: {name} is missing.");
}
