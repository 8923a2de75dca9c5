using Hangfire;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Jobs;

/// <summary>Hands ids to Hangfire, and deliveries to those who obey them. The names of these methods' targets are what a queue stores: a wire format.</summary>
internal sealed class BackgroundWork(IBackgroundJobClient jobs, DeliveryQueue deliveries) : IBackgroundWork
{
    public void Review(string reviewId) => jobs.Enqueue<ReviewAccess>(flow => flow.RunAsync(reviewId, CancellationToken.None));

    public void Apply(string proposalId) => jobs.Enqueue<ApplyTrim>(flow => flow.RunAsync(proposalId, CancellationToken.None));

    public void Undo(string proposalId) => jobs.Enqueue<UndoTrim>(flow => flow.RunAsync(proposalId, CancellationToken.None));

    public void Deliver(string surface, string key) => deliveries.Add(surface, key);

    public void Sweep(string sweepId) => jobs.Enqueue<SweepAccount>(flow => flow.RunAsync(sweepId, CancellationToken.None));

    public void Refresh(string reviewId) => jobs.Enqueue<RefreshReview>(flow => flow.RunAsync(reviewId, CancellationToken.None));
}
