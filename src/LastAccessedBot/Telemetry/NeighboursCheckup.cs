using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LastAccessedBot.Telemetry;

/// <summary>What <c>/health/ready</c> asks of the store, the jobs and Slack's sockets, with the reason that it keeps to itself. AWS and the chat platforms have checkups of their own.</summary>
internal sealed class NeighboursCheckup(HealthCheckService health) : ICheckup
{
    private static readonly Dictionary<string, (CheckupArea Area, string What, string Well)> s_parts = new(StringComparer.Ordinal)
    {
        ["store"] = (CheckupArea.Store, "State", "The state can be read, and is of this host's version."),
        ["jobs"] = (CheckupArea.Jobs, "Work", "Background work is taken up."),
        ["slack-socket-mode"] = (CheckupArea.Chat, "Slack's sockets", "Socket Mode is connected."),
    };

    public CheckupArea Area => CheckupArea.Store;

    public string What => "Store and jobs";

    public async Task<ImmutableArray<Diagnosis>> ExamineAsync(CancellationToken cancellation) =>
        [.. (await health.CheckHealthAsync(check => s_parts.ContainsKey(check.Name), cancellation)).Entries.Select(entry => Diagnose(s_parts[entry.Key], entry.Value))];

    private static Diagnosis Diagnose((CheckupArea Area, string What, string Well) part, HealthReportEntry entry) => entry.Status switch
    {
        HealthStatus.Healthy => Diagnosis.Good(part.Area, part.What, part.Well),
        HealthStatus.Degraded => new Diagnosis(part.Area, part.What, Tone.Caution, Why(entry)),
        _ => new Diagnosis(part.Area, part.What, Tone.Bad, Why(entry), "see the host's log"),
    };

    private static string Why(HealthReportEntry entry) => $"It is not well: {(entry.Description ?? entry.Exception?.Message ?? "without a word").TrimEnd('.')}.";
}
