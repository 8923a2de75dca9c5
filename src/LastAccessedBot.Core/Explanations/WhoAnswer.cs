using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Explanations;

/// <summary>Somebody behind a subject.</summary>
/// <param name="LastAttempt">Their own last attempt at the service; null when none was seen within the tracking period.</param>
/// <param name="Way">How they come by a policy, as a clause; empty for every other subject.</param>
public sealed record WhoLine(IdentityRef Identity, DateTimeOffset? LastAttempt, Prose Way);

/// <summary>Who behind a subject used a service, and when each did last.</summary>
/// <param name="IsListed">AWS's report lists the service; where it does not, nothing is known of its use.</param>
/// <param name="People">Everybody behind the subject: the newest use first, then those without any, by name.</param>
/// <param name="Near">Services that may have been meant.</param>
public sealed record WhoAnswer(
    ReviewSubject Subject, ServiceNamespace Service, string ServiceName, DateTimeOffset At, bool IsListed, ImmutableArray<WhoLine> People, ImmutableArray<ServiceNamespace> Near);
