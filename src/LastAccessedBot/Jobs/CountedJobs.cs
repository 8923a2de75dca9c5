using Hangfire.Server;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Jobs;

/// <summary>Counts what ran and how it ended.</summary>
internal sealed class CountedJobs : IServerFilter
{
    public void OnPerforming(PerformingContext context)
    {
        // Counted when it ends.
    }

    public void OnPerformed(PerformedContext context) => Measures.Ran(context.BackgroundJob.Job.Type.Name, context.Exception is null);
}
