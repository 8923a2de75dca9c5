using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.BlockKit;
using LastAccessedBot.Surfaces.Slack.Payloads;
using LastAccessedBot.Surfaces.Slack.Web;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>
/// Opens modals: at once and not as a job, for the right to open one lives for three seconds and is used up by the first try. One that a
/// dying process loses is opened by the next press.
/// </summary>
internal sealed partial class Modals(SlackClient client, IWorkspaces workspaces, IPostedCards cards, SlackSurface surface, DrawHome homes, Replies replies, TimeProvider time, ILogger<Modals> log) : BackgroundService
{
    private const int AtOnce = 8;
    private const string AtHome = "home";

    private readonly Channel<BlockAction> _presses = Channel.CreateBounded<BlockAction>(1_000);

    /// <summary>Takes a press that opens or turns a modal; false for every other.</summary>
    public bool Takes(BlockAction action)
    {
        if (DetailsModal.Read(action.Value) is null) return false;
        if (!_presses.Writer.TryWrite(action)) LogFull();
        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _presses.Reader.ReadAllAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, async (action, cancellation) =>
        {
            try
            {
                await ShowAsync(action, cancellation);
            }
            catch (Exception failure) when (failure is SlackRefusedException or SlackUnreachableException)
            {
                // The presser sees that nothing opened, and presses again.
                LogNotShown(failure, action.ActionId);
            }
        });

    private async Task ShowAsync(BlockAction action, CancellationToken cancellation)
    {
        if (DetailsModal.Read(action.Value) is not { } asked || await workspaces.FindAsync(action.WorkspaceId, cancellation) is not { } workspace) return;
        // In a modal, Slack says which modal it is, and the modal which message it came from.
        var origin = action.IsAtHome ? AtHome : action.ViewId is null ? $"{action.ChannelId}/{action.MessageTs}" : action.ViewMetadata ?? "";
        var view = await CardOfAsync(action, origin, asked.Part, cancellation) is { } card ? DetailsModal.Render(card, asked.Part, asked.Page, origin) : DetailsModal.Gone();
        var body = JsonSerializer.SerializeToNode(view, BlockKitJson.Options);
        if (action.ViewId is { } open && !action.IsAtHome)
        {
            await client.CallAsync(SlackMethod.UpdateView, workspace, new JsonObject { ["view_id"] = open, ["view"] = body }, cancellation);
            return;
        }
        try
        {
            await client.CallAsync(SlackMethod.OpenView, workspace, new JsonObject { ["trigger_id"] = action.TriggerId, ["view"] = body }, cancellation);
        }
        catch (SlackRefusedException refused) when (IsAboutTrigger(refused))
        {
            var conversation = SlackIds.Conversation(action.WorkspaceId, action.ChannelId ?? action.UserId);
            var person = SlackIds.Person(action.TeamId, action.UserId, action.UserName);
            replies.Remember(conversation.Id, person.Id, action.ResponseUrl, time.GetUtcNow());
            await surface.RefuseAsync(conversation, person, new Core.Refusal("Slack gave me no time to open the details", "press Details once more"), cancellation);
        }
    }

    private async Task<Card?> CardOfAsync(BlockAction action, string origin, string part, CancellationToken cancellation) =>
        origin == AtHome ? await homes.CaseAsync(SlackIds.Person(action.TeamId, action.UserId, action.UserName), part, cancellation)
        : origin.Split('/') is [var channel, var ts] && SlackIds.IsChannel(channel) && SlackIds.IsTimestamp(ts)
            ? await cards.FindAsync(new PostedMessage(SlackIds.Conversation(action.WorkspaceId, channel), ts), cancellation)
            : null;

    private static bool IsAboutTrigger(SlackRefusedException refused) => refused.Error is "expired_trigger_id" or "exchanged_trigger_id" or "invalid_trigger_id" or "trigger_expired" or "trigger_exchanged"
        || (refused.Error == "invalid_arguments" && refused.Message.Contains("trigger", StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The modal behind {Action} could not be shown")]
    private partial void LogNotShown(Exception failure, string action);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Too many modals wait to be opened; a press was dropped")]
    private partial void LogFull();
}
