using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.BlockKit;

namespace LastAccessedBot.Surfaces.Slack.Payloads;

/// <summary>A form that somebody filled in. Which message and which choice it names is their word, and decides nothing.</summary>
/// <param name="WorkspaceId">Where it was submitted.</param>
/// <param name="TeamId">The submitter's own workspace; another one in a shared channel.</param>
/// <param name="Origin">The message that the form was opened from, or <see cref="SlackIds.AtHome"/>.</param>
/// <param name="Inputs">Field id → what was written or chosen; what was left empty is not there.</param>
internal sealed record FormSubmission(
    string WorkspaceId, string TeamId, string UserId, string UserName, string ViewId, string Origin, string Choice, ImmutableDictionary<string, string> Inputs)
{
    private const int MostInputs = 25;

    public Person Person => SlackIds.Person(TeamId, UserId, UserName);

    /// <summary>null at Home.</summary>
    public PostedMessage? On => SlackIds.TrySplitMessage(Origin) is var (channel, ts) ? new PostedMessage(SlackIds.Conversation(WorkspaceId, channel), ts) : null;

    /// <summary>null for anything else than a submission of one of the bot's forms.</summary>
    public static FormSubmission? Read(JsonElement payload)
    {
        if (payload.Object("user") is not { } user || payload.Object("view") is not { } view) return null;
        var team = user.Text("team_id") ?? payload.Object("team")?.Text("id");
        var workspace = payload.Object("team")?.Text("id") ?? team;
        return SlackIds.IsTeam(team) && SlackIds.IsTeam(workspace) && user.Text("id") is { } id && SlackIds.IsUser(id)
            && view.Text("id", 40) is { } viewId && FormModal.Read(view.Text("callback_id", BlockKitLimits.CallbackId) ?? "") is { } choice
            && view.Text("private_metadata") is { } origin && (origin == SlackIds.AtHome || SlackIds.TrySplitMessage(origin) is not null)
                ? new FormSubmission(workspace!, team!, id, user.Text("name", 200) ?? user.Text("username", 200) ?? id, viewId, origin, choice, InputsOf(view))
                : null;
    }

    private static ImmutableDictionary<string, string> InputsOf(JsonElement view)
    {
        var inputs = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (view.Object("state")?.Object("values") is not { } blocks) return inputs.ToImmutable();
        foreach (var block in blocks.EnumerateObject().Take(MostInputs))
            if (block.Value.Object(block.Name) is { } input && (input.Text("value") ?? input.Object("selected_option")?.Text("value")) is { } given) inputs[block.Name] = given;
        return inputs.ToImmutable();
    }
}
