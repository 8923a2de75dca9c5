using System.Net;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Surfaces.Teams.Connector;

/// <summary>Teams did what was asked of it not, and says why.</summary>
/// <param name="code">Teams' own word, such as <c>BotNotInConversationRoster</c>.</param>
public sealed class ConnectorRefusedException(string operation, HttpStatusCode status, string code, string message)
    : Exception($"Teams refused `{operation}`: {(int)status} {code} {message}".TrimEnd()), IChatFailure
{
    public bool MayHaveHappened => false;

    public HttpStatusCode Status { get; } = status;

    /// <summary>The layout, not the content, was refused: the same said in plain text may pass.</summary>
    public bool IsAboutCard => Status is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest;

    /// <summary>The bot cannot speak there, whatever it says: it was removed, or blocked, or the conversation is gone.</summary>
    public bool IsAboutPlace => Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
}

/// <summary>Teams gave no answer, or asked for more patience than a job has.</summary>
/// <param name="mayHaveHappened">The call was sent, and nobody knows whether it was obeyed.</param>
public sealed class ConnectorUnreachableException(string operation, string why, bool mayHaveHappened, Exception? inner = null) : Exception($"Teams did not answer `{operation}`: {why}", inner), IChatFailure
{
    public bool MayHaveHappened { get; } = mayHaveHappened;
}
