using System.Collections.Immutable;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Evidence;

/// <summary>One tracked action's line of an action-level report.</summary>
/// <param name="Action">The action without its service: <c>CreateBucket</c>.</param>
/// <param name="LastAttempt">The latest attempt, denied ones included; <c>null</c> when none was seen within the tracking period.</param>
/// <param name="By">The ARN of the identity behind the latest attempt.</param>
public sealed record ActionUse(string Action, DateTimeOffset? LastAttempt, string? By);

/// <summary>What an action-level report job ended with. AWS tracks management actions of some services; an action absent here is unknown, not unused.</summary>
public abstract record ActionReport
{
    private ActionReport() { }

    /// <summary>Every page was read.</summary>
    /// <param name="Services">The services with tracked actions, each with its actions by name, in any case of their letters.</param>
    public sealed record Complete(
        string SubjectArn, DateTimeOffset At,
        ImmutableSortedDictionary<ServiceNamespace, ImmutableSortedDictionary<string, ActionUse>> Services) : ActionReport;

    /// <summary>AWS ended the job without a report; nothing may be concluded.</summary>
    public sealed record Failed(string SubjectArn, DateTimeOffset At, string Code, string Message) : ActionReport;
}
