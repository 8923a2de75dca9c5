using System.Text.RegularExpressions;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Surfaces.Slack.Payloads;

/// <summary>Slack's ids and how the bot writes them: a user, a channel, a user group are known within their workspace only.</summary>
internal static partial class SlackIds
{
    public const string SurfaceName = "slack";

    /// <summary>Stands for the message where somebody presses on their Home, which has none.</summary>
    public const string AtHome = "home";

    public static bool IsTeam(string? id) => id is not null && Team().IsMatch(id);

    public static bool IsUser(string? id) => id is not null && User().IsMatch(id);

    public static bool IsChannel(string? id) => id is not null && Channel().IsMatch(id);

    public static bool IsUserGroup(string? id) => id is not null && UserGroup().IsMatch(id);

    public static bool IsApp(string? id) => id is not null && App().IsMatch(id);

    public static bool IsTimestamp(string? ts) => ts is not null && Timestamp().IsMatch(ts);

    public static Person Person(string team, string user, string name) => new(SurfaceName, $"{team}/{user}", name);

    /// <param name="channel">Or a user, for the direct conversation with them that may have to be opened.</param>
    public static Conversation Conversation(string team, string channel) => new(SurfaceName, $"{team}/{channel}");

    /// <summary>Takes <c>T…/X…</c> apart.</summary>
    public static (string Team, string Id) Split(string id) => TrySplit(id) ?? throw new FormatException($"`{id}` is not a Slack id of the form T…/….");

    /// <summary>null for what is no such id.</summary>
    public static (string Team, string Id)? TrySplit(string id) => id.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? (id[..slash], id[(slash + 1)..]) : null;

    /// <summary>A message within its workspace, as modals carry the one that they came from.</summary>
    public static string Message(string? channel, string? ts) => $"{channel}/{ts}";

    /// <summary>Takes <c>C…/1.1</c> apart; null for what names no message.</summary>
    public static (string Channel, string Ts)? TrySplitMessage(string? message) =>
        message?.Split('/') is [var channel, var ts] && IsChannel(channel) && IsTimestamp(ts) ? (channel, ts) : null;

    [GeneratedRegex(@"^[TE][A-Z0-9]{1,30}\z")]
    private static partial Regex Team();

    [GeneratedRegex(@"^[UW][A-Z0-9]{1,30}\z")]
    private static partial Regex User();

    [GeneratedRegex(@"^[CDG][A-Z0-9]{1,30}\z")]
    private static partial Regex Channel();

    [GeneratedRegex(@"^S[A-Z0-9]{1,30}\z")]
    private static partial Regex UserGroup();

    [GeneratedRegex(@"^A[A-Z0-9]{1,30}\z")]
    private static partial Regex App();

    [GeneratedRegex(@"^[0-9]{1,12}\.[0-9]{1,8}\z")]
    private static partial Regex Timestamp();
}
