using LastAccessedBot.Sandbox.Model;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>Tags of users, roles and customer managed policies. Groups have none.</summary>
internal static class Tagging
{
    public static readonly IamOperation[] Operations =
    [
        Read("ListUserTags", call => List(call, call.User().Tags)),
        Read("ListRoleTags", call => List(call, call.Role().Tags)),
        Write("TagUser", call => Set(call.User().Tags, call.Parameters.Tags())),
        Write("TagRole", call => Set(call.ModifiableRole().Tags, call.Parameters.Tags())),
        Write("TagPolicy", call => Set(call.CustomerPolicy().Tags, call.Parameters.Tags())),
        Write("UntagUser", call => Remove(call.User().Tags, call)),
        Write("UntagRole", call => Remove(call.ModifiableRole().Tags, call)),
        Write("UntagPolicy", call => Remove(call.CustomerPolicy().Tags, call)),
    ];

    public static void Set(SortedDictionary<string, string> tags, IReadOnlyDictionary<string, string> fresh)
    {
        Quotas.CheckTags(tags.Keys.Union(fresh.Keys).Count());
        foreach (var (key, value) in fresh)
            tags[key] = value;
    }

    private static object[] List(IamCall call, SortedDictionary<string, string> tags) =>
        call.Page("Tags", tags, tag => Member(Element("Key", tag.Key), Element("Value", tag.Value)));

    private static void Remove(SortedDictionary<string, string> tags, IamCall call)
    {
        foreach (var key in call.Parameters.List("TagKeys"))
            tags.Remove(key);
    }
}
