using Hangfire;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Jobs;

/// <summary>Hands ids to Hangfire. The names of these methods' targets are what a queue stores: a wire format.</summary>
internal sealed class BackgroundWork(IBackgroundJobClient jobs) : IBackgroundWork
{
    public void Review(string reviewId) => jobs.Enqueue<ReviewAccess>(flow => flow.RunAsync(reviewId, CancellationToken.None));

    public void Apply(string proposalId) => jobs.Enqueue<ApplyTrim>(flow => flow.RunAsync(proposalId, CancellationToken.None));

    public void Undo(string proposalId) => jobs.Enqueue<UndoTrim>(flow => flow.RunAsync(proposalId, CancellationToken.None));

    public void Deliver(string surface, string key) => jobs.Enqueue<Deliver>(flow => flow.RunAsync(surface, key, CancellationToken.None));

    public void Refresh(string reviewId) => jobs.Enqueue<RefreshReview>(flow => flow.RunAsync(reviewId, CancellationToken.None));
}
