using System.Collections.Immutable;
using System.Threading.Channels;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
/// <remarks>
/// Those that arrive together are committed together: a platform waits for the acknowledgement of every single one, and a commit costs the
/// same for one row as for a hundred. The price is one more wait in memory.
/// </remarks>
internal sealed class Deliveries(IDbContextFactory<BotDb> databases) : BackgroundService, IDeliveries
{
    private const int MostAtOnce = 200;

    private readonly Channel<Arrival> _arrivals = Channel.CreateBounded<Arrival>(new BoundedChannelOptions(5_000) { SingleReader = true });

    public async Task<bool> TakeAsync(Delivery delivery, CancellationToken cancellation)
    {
        var arrival = new Arrival(delivery, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        await _arrivals.Writer.WriteAsync(arrival, cancellation);
        return await arrival.IsNew.Task.WaitAsync(cancellation);
    }

    public async Task<Delivery?> ClaimAsync(string surface, string key, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (host, to) = (db.Host, until.UtcTicks);
        var claimed = await Free(db, now).Where(row => row.Surface == surface && row.Key == key)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Holder, host).SetProperty(one => one.LeaseTicks, to), cancellation);
        return claimed == 1 && await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(row => row.Surface == surface && row.Key == key, cancellation) is { Payload: { } payload } row
            ? new Delivery(row.Surface, row.Key, row.Kind, payload, new DateTimeOffset(row.Ticks, TimeSpan.Zero))
            : null;
    }

    public async Task DoneAsync(string surface, string key, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Deliveries.Where(row => row.Surface == surface && row.Key == key).ExecuteUpdateAsync(row => row.SetProperty(one => one.Payload, (string?)null), cancellation);
    }

    public async Task<ImmutableArray<(string Surface, string Key)>> OpenAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await Free(db, now).OrderBy(row => row.Ticks).Select(row => new { row.Surface, row.Key }).ToListAsync(cancellation);
        return [.. rows.Select(row => (row.Surface, row.Key))];
    }

    public async Task<ImmutableArray<(string Surface, string Key)>> AbandonedAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (from, to) = (since.UtcTicks, now.UtcTicks);
        var rows = await db.Deliveries.Where(row => row.Payload != null && row.LeaseTicks <= to && row.Ticks >= from).OrderBy(row => row.Ticks).Select(row => new { row.Surface, row.Key }).ToListAsync(cancellation);
        return [.. rows.Select(row => (row.Surface, row.Key))];
    }

    public async Task ForgetAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var ticks = before.UtcTicks;
        await db.Deliveries.Where(row => row.Payload == null && row.Ticks < ticks).ExecuteDeleteAsync(cancellation);
    }

    private static IQueryable<DeliveryRow> Free(BotDb db, DateTimeOffset now)
    {
        var (host, ticks) = (db.Host, now.UtcTicks);
        return db.Deliveries.Where(row => row.Payload != null && (row.Holder == host || row.LeaseTicks <= ticks));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Arrival>(MostAtOnce);
        DeliveryWriter? writer = null;
        try
        {
            while (await _arrivals.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < MostAtOnce && _arrivals.Reader.TryRead(out var arrival)) batch.Add(arrival);
                try
                {
                    writer ??= await DeliveryWriter.OpenAsync(databases, stoppingToken);
                    var isNew = await writer.WriteAsync([.. batch.Select(arrival => arrival.Delivery)], stoppingToken);
                    for (var index = 0; index < batch.Count; index++) batch[index].IsNew.SetResult(isNew[index]);
                }
                catch (Exception failure)
                {
                    // Each of those who wait hears of it, answers its platform with a failure, and gets the delivery again.
                    foreach (var arrival in batch) arrival.IsNew.TrySetException(failure);
                    if (failure is OperationCanceledException) throw;
                    if (writer is not null) await writer.DisposeAsync();
                    writer = null;
                }
            }
        }
        finally
        {
            if (writer is not null) await writer.DisposeAsync();
        }
    }

    private sealed record Arrival(Delivery Delivery, TaskCompletionSource<bool> IsNew);
}
