using LastAccessedBot.Sandbox.Faults;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Reports;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>What every operation gets: the state of the caller's account (under the lock), who asks, when, and the sandbox's machinery.</summary>
/// <param name="Root">The account that holds the others.</param>
public sealed record ServiceCall(
    AccountState State,
    AccountState Root,
    DateTimeOffset LoadedAt,
    DateTimeOffset Now,
    Caller Caller,
    Paging Paging,
    ReportJobs Jobs,
    SessionStore Sessions,
    FaultSettings Faults,
    string Region);
