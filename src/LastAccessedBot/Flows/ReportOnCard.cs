namespace LastAccessedBot.Flows;

/// <summary>Shows on the card that AWS is still working; at most one update at a time, so that the last one seen is the last one sent.</summary>
internal sealed class ReportOnCard(ChatSurfaces surfaces, ReviewRecord review, CancellationToken cancellation) : IProgress<ReportProgress>
{
    private readonly Lock _gate = new();
    private Task _update = Task.CompletedTask;

    public void Report(ReportProgress value)
    {
        lock (_gate)
        {
            if (_update.IsCompleted) _update = ShowAsync(value);
        }
    }

    /// <summary>Waits for the update under way, so that none comes after the answer.</summary>
    public Task SettleAsync()
    {
        lock (_gate) return _update;
    }

    private Task ShowAsync(ReportProgress value) =>
        surfaces.UpdateAsync(review.Message, ReviewCards.UnderWay(review.Asked, value.TrailEvents is { } events
            ? $"Reading CloudTrail … {events:N0} events in {value.Elapsed.TotalSeconds:F0} s"
            : $"AWS is writing the last-accessed report … {value.Elapsed.TotalSeconds:F0} s"), cancellation);
}
