using LastAccessedBot.Sandbox.Faults;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Reports;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>What every operation gets: the state (under the lock), who asks, when, and the sandbox's machinery.</summary>
public sealed record ServiceCall(
    AccountState State,
    DateTimeOffset LoadedAt,
    DateTimeOffset Now,
    Caller Caller,
    Paging Paging,
    ReportJobs Jobs,
    SessionStore Sessions,
    FaultSettings Faults,
    string Region);
