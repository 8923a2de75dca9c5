using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using LastAccessedBot.Core.Approvals;
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

    private readonly Channel<BlockAction> _presses = Channel.CreateBounded<BlockAction>(1_000);

    /// <summary>Takes a press that opens or turns a modal; false for every other.</summary>
    public bool Takes(BlockAction action)
    {
        if (DetailsModal.Read(action.Value) is null && FormModal.Read(action.Value) is null) return false;
        if (!_presses.Writer.TryWrite(action)) LogFull();
        return true;
    }

    /// <summary>
    /// What is wrong with what somebody filled in, field id → sentence. Of a form that its card does not show any more nothing is: that it is
    /// too late is for the flow to say, and there the inputs are read once more.
    /// </summary>
    public async Task<ImmutableSortedDictionary<string, string>> FaultsAsync(FormSubmission submission, CancellationToken cancellation) =>
        (await CardOfAsync(submission.WorkspaceId, submission.Person, submission.Origin, FormModal.Value(submission.Choice), cancellation))?.Find(submission.Choice)?.Form?.Faults(submission.Inputs)
        ?? ImmutableSortedDictionary<string, string>.Empty;

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
        if (await workspaces.FindAsync(action.WorkspaceId, cancellation) is not { } workspace) return;
        // In a modal, Slack says which modal it is, and the modal which message it came from.
        var origin = action.IsAtHome ? SlackIds.AtHome : action.ViewId is null ? SlackIds.Message(action.ChannelId, action.MessageTs) : action.ViewMetadata ?? "";
        var person = SlackIds.Person(action.TeamId, action.UserId, action.UserName);
        var (view, button) = ViewOf(action.Value, await CardOfAsync(action.WorkspaceId, person, origin, action.Value, cancellation), origin);
        var body = JsonSerializer.SerializeToNode(view, BlockKitJson.Options);
        var conversation = SlackIds.Conversation(action.WorkspaceId, action.ChannelId ?? action.UserId);
        // What comes of a form brings no way to answer: that of the press which opened it serves.
        replies.Remember(conversation.Id, person.Id, action.ResponseUrl, time.GetUtcNow());
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
            await surface.RefuseAsync(conversation, person, new Core.Refusal("Slack gave me no time to open this", $"press {button} once more"), cancellation);
        }
    }

    /// <summary>The modal behind a press, and what its button is called.</summary>
    private static (ModalView View, string Button) ViewOf(string value, Card? card, string origin)
    {
        if (FormModal.Read(value) is { } choice) return card?.Find(choice) is { Form: { } form } open ? (FormModal.Render(open, form, origin), open.Label) : (FormModal.Gone(), "it");
        return card is not null && DetailsModal.Read(value) is { } asked ? (DetailsModal.Render(card, asked.Part, asked.Page, origin), "Details") : (DetailsModal.Gone(), "Details");
    }

    /// <param name="value">Of the button: at Home, where there is no one card, it names the proposal.</param>
    private async Task<Card?> CardOfAsync(string workspace, Person person, string origin, string value, CancellationToken cancellation) =>
        origin == SlackIds.AtHome ? await homes.CaseAsync(person, ProposalOf(value), cancellation)
        : SlackIds.TrySplitMessage(origin) is var (channel, ts) ? await cards.FindAsync(new PostedMessage(SlackIds.Conversation(workspace, channel), ts), cancellation)
        : null;

    private static string ProposalOf(string value) =>
        DetailsModal.Read(value) is { } asked ? asked.Part : ChoiceId.Read(FormModal.Read(value) ?? "") is ChoiceId.OnProposal on ? on.ProposalId : "";

    private static bool IsAboutTrigger(SlackRefusedException refused) => refused.Error is "expired_trigger_id" or "exchanged_trigger_id" or "invalid_trigger_id" or "trigger_expired" or "trigger_exchanged"
        || (refused.Error == "invalid_arguments" && refused.Message.Contains("trigger", StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The modal behind {Action} could not be shown")]
    private partial void LogNotShown(Exception failure, string action);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Too many modals wait to be opened; a press was dropped")]
    private partial void LogFull();
}
