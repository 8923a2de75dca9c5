using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.Events;
using LastAccessedBot.Surfaces.Slack.Payloads;

namespace LastAccessedBot.Surfaces.Slack.Home;

/// <summary>Somebody opened the app's Home tab: they see its first page.</summary>
internal sealed partial class HomeOpened(Homes homes, IWorkspaces workspaces, ILogger<HomeOpened> log) : IHandleEvents
{
    private const int FirstPage = 1;

    public IReadOnlyList<string> Types { get; } = ["app_home_opened"];

    public async Task HandleAsync(SlackEvent told, DateTimeOffset at, CancellationToken cancellation)
    {
        // The Messages tab is told of in the same words.
        if (told.Body.Text("tab") != "home" || told.Body.Text("user") is not { } user || !SlackIds.IsUser(user)) return;
        if (await workspaces.FindAsync(told.WorkspaceId, cancellation) is not { } workspace)
        {
            LogForeign(told.WorkspaceId);
            return;
        }
        if (user != workspace.BotUserId) await homes.OpenAsync(SlackIds.Person(told.WorkspaceId, user, user), FirstPage, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A Home was opened in workspace {Team}, where the bot is not installed")]
    private partial void LogForeign(string team);
}
