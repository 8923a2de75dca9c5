using System.Net;

namespace LastAccessedBot.Flows;

/// <summary>
/// A call to AWS that gave no result. The three kinds differ in what a caller may conclude: <see cref="AwsRefusedException"/> – nothing
/// changed and AWS said why; <see cref="AwsUnreachableException"/> – nothing changed and a later try may do;
/// <see cref="OutcomeUnknownException"/> – a change may or may not have happened.
/// The caller's own cancellation is none of these: it stays an <see cref="OperationCanceledException"/>, and a change that was cancelled
/// on its way may have happened, too.
/// </summary>
public abstract class AwsFailureException(string operation, string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>The operation in AWS's words, like <c>IAM.AttachGroupPolicy</c>.</summary>
    public string Operation { get; } = operation;
}

/// <summary>AWS answered with an error. For a change: it was not made.</summary>
public sealed class AwsRefusedException(
    string operation, string code, string awsMessage, string? requestId, HttpStatusCode statusCode, Exception? inner = null)
    : AwsFailureException(operation, $"{operation}: {code}: {awsMessage}", inner)
{
    /// <summary>AWS's error code: <c>NoSuchEntity</c>, <c>AccessDenied</c>, <c>LimitExceeded</c> …</summary>
    public string Code { get; } = code;

    /// <summary>AWS's own words; for <c>AccessDenied</c> they name the action that the caller's policy lacks.</summary>
    public string AwsMessage { get; } = awsMessage;

    /// <summary>What AWS support asks for; <c>null</c> when the answer had none.</summary>
    public string? RequestId { get; } = requestId;

    public HttpStatusCode StatusCode { get; } = statusCode;

    /// <summary>What whoever looks after the bot should look at, as a clause; null where the refusal says all.</summary>
    public string? Check { get; init; }

    /// <summary>The user, group, role, policy, version or job that was named does not exist (any more).</summary>
    public bool IsNoSuchEntity => Code is "NoSuchEntity" or "PolicyNotFoundException" or "TargetNotFoundException" or "ParentNotFoundException" or "ChildNotFoundException";

    /// <summary>The bot's credentials lack the action.</summary>
    public bool IsDenied => Code is "AccessDenied" or "AccessDeniedException";

    /// <summary>The account of the credentials belongs to no organization.</summary>
    public bool IsNotInOrganization => Code == "AWSOrganizationsNotInUseException";

    /// <summary>Somebody else's change was under way: the same call may well be made a moment later, once the account was read again.</summary>
    public bool IsOfTheMoment => Code is "ConcurrentModificationException" or "PolicyChangesInProgressException" or "ConcurrentModification";
}

/// <summary>AWS could not be asked, or its answers could not be read or did not hold together, after all retries. For a change: it was never sent.</summary>
public sealed class AwsUnreachableException(string operation, string message, Exception? inner = null)
    : AwsFailureException(operation, message, inner);

/// <summary>A change was sent and no readable answer came back. Read the account again before anything else is decided.</summary>
public sealed class OutcomeUnknownException(string operation, string why, Exception? inner = null)
    : AwsFailureException(operation, $"{operation} was sent, and whether it happened is unknown: {why}", inner);
