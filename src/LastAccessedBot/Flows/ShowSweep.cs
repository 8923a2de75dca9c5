using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>Shows a sweep in every conversation that asked for it. An older reading never covers a newer one.</summary>
public sealed class ShowSweep(ISweeps sweeps, ChatSurfaces surfaces, ITurns turns, IPeople people, TimeProvider time)
{
    private readonly LatestOnly _latest = new(TimeSpan.Zero, time);

    public Task RenewAsync(string sweepId, CancellationToken cancellation) => _latest.RunAsync(sweepId, async token =>
    {
        await using var turn = await turns.TakeAsync(Turn.Sweep(sweepId), token);
        if (await sweeps.FindAsync(sweepId, token) is not { } sweep) return;
        var card = Draw(sweep);
        await Task.WhenAll(sweep.Cards.Where(message => surfaces.Reaches(message.Conversation)).Select(message => surfaces.UpdateAsync(message, card, token)));
    }, cancellation);

    /// <summary>Posts its card where somebody asked; one that stands there already moves down.</summary>
    public async Task PostAsync(SweepRecord sweep, Conversation conversation, CancellationToken cancellation)
    {
        var message = await surfaces.PostAsync(conversation, Draw(sweep), cancellation);
        if (await sweeps.ShowInAsync(sweep.Id, message, cancellation) is { } former) await surfaces.UpdateAsync(former, SweepCards.Moved, cancellation);
        // It may have gone on, or ended, before its card was known to stand there.
        if (!sweep.IsOver) await RenewAsync(sweep.Id, cancellation);
    }

    private Card Draw(SweepRecord sweep) => SweepCards.Of(sweep, time.GetUtcNow(), people.NameOf);
}
