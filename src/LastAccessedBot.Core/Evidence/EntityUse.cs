using LastAccessedBot.Core.Account;

namespace LastAccessedBot.Core.Evidence;

/// <summary>One identity's own last use of a service through a group or a policy that it shares with others.</summary>
/// <param name="Id">AWS's unique id of the identity.</param>
/// <param name="LastAttempt">The latest attempt, denied ones included; <c>null</c> when none was seen within the tracking period.</param>
public sealed record EntityUse(IdentityRef Identity, string Arn, string Id, DateTimeOffset? LastAttempt);
