using System.Collections.Immutable;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Surfaces.Slack.Web;

/// <summary>Slack did what was asked of it not, and says why.</summary>
/// <param name="error">Slack's own word, such as <c>not_in_channel</c>.</param>
/// <param name="messages">What Slack adds for programmers, with pointers into the arguments.</param>
public sealed class SlackRefusedException(string method, string error, ImmutableArray<string> messages)
    : Exception($"Slack refused `{method}`: {error}{(messages.IsEmpty ? "" : $" ({string.Join("; ", messages)})")}"), IChatFailure
{
    public bool MayHaveHappened => false;

    /// <summary>The bot's own word: there is no token to call with.</summary>
    public const string NotInstalled = "not_installed";

    public string Method { get; } = method;

    public string Error { get; } = error;

    /// <summary>The layout, not the content, was refused: the same said in plain text may pass.</summary>
    public bool IsAboutBlocks => Error is "invalid_blocks" or "invalid_blocks_format" or "msg_blocks_too_long" or "invalid_attachments";

    /// <summary>The bot cannot speak there, whatever it says.</summary>
    public bool IsAboutChannel => Error is "not_in_channel" or "channel_not_found" or "is_archived" || Error.StartsWith("restricted_action", StringComparison.Ordinal);

    /// <summary>The token, not the call, was refused: nothing was done, and another token may do better.</summary>
    public bool IsAboutToken => Error is "token_expired" or "token_revoked" or "account_inactive";

    /// <summary>The message cannot be changed any more.</summary>
    public bool IsAboutMessage => Error is NotInstalled or "message_not_found" or "cant_update_message" or "edit_window_closed" or "channel_not_found" or "is_archived" or "not_in_channel";
}

/// <summary>Slack gave no answer, or asked for more patience than a job has.</summary>
/// <param name="mayHaveHappened">The call was sent, and nobody knows whether it was obeyed.</param>
public sealed class SlackUnreachableException(string method, string why, bool mayHaveHappened, Exception? inner = null) : Exception($"Slack did not answer `{method}`: {why}", inner), IChatFailure
{
    public bool MayHaveHappened { get; } = mayHaveHappened;
}
