using LastAccessedBot.Core.Evidence;

namespace LastAccessedBot.Flows;

/// <summary>An address that whoever has it may open.</summary>
/// <param name="Until">From this moment on it opens nothing.</param>
public sealed record ReportLink(Uri Address, DateTimeOffset Until);

/// <summary>Makes the addresses of reports.</summary>
public interface IReportLinks
{
    /// <param name="subject">Its words.</param>
    /// <param name="window">null for the newest review, whatever days it looked at.</param>
    ReportLink About(string subject, ReviewWindow? window);

    ReportLink Overview();
}
