namespace LastAccessedBot.Surfaces.Slack.Web;

/// <summary>A method of the Web API that the bot calls.</summary>
/// <param name="Scope">The bot token's scope that it needs; null for none. The manifest asks for these and no others.</param>
/// <param name="IsRepeatable">A second call does no harm, so that one without an answer is made again.</param>
/// <param name="IsForm">Takes a form instead of JSON.</param>
public sealed record SlackMethod(string Name, string? Scope, bool IsRepeatable, bool IsForm = false)
{
    public static readonly SlackMethod
        GetTokens = new("oauth.v2.access", null, false, IsForm: true),
        OpenSocket = new("apps.connections.open", null, true),
        AuthTest = new("auth.test", null, true),
        PostMessage = new("chat.postMessage", "chat:write", false),
        UpdateMessage = new("chat.update", "chat:write", true),
        DeleteMessage = new("chat.delete", "chat:write", true),
        PostEphemeral = new("chat.postEphemeral", "chat:write", false),
        OpenConversation = new("conversations.open", "im:write", true),
        OpenView = new("views.open", null, false),
        UpdateView = new("views.update", null, true),
        PublishView = new("views.publish", null, true),
        GetUploadAddress = new("files.getUploadURLExternal", "files:write", true, IsForm: true),
        CompleteUpload = new("files.completeUploadExternal", "files:write", false),
        UserInfo = new("users.info", "users:read", true, IsForm: true),
        UserGroupMembers = new("usergroups.users.list", "usergroups:read", true, IsForm: true);

    /// <summary>All of them, for the manifest's tests.</summary>
    public static IReadOnlyList<SlackMethod> All { get; } =
        [GetTokens, OpenSocket, AuthTest, PostMessage, UpdateMessage, DeleteMessage, PostEphemeral, OpenConversation, OpenView, UpdateView, PublishView, GetUploadAddress, CompleteUpload, UserInfo, UserGroupMembers];

    /// <summary>The bot scopes that all of them need, with the slash command's: what the manifests name, and what an installation asks for.</summary>
    public static IReadOnlyList<string> Scopes { get; } = [.. All.Select(method => method.Scope).OfType<string>().Append("commands").Distinct().Order(StringComparer.Ordinal)];
}
