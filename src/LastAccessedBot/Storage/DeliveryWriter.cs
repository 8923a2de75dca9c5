using System.Data.Common;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LastAccessedBot.Storage;

/// <summary>Writes deliveries over one connection with one prepared statement: what is left is what a row costs.</summary>
/// <remarks>
/// Unlike every other commit, these end before they are on the disk: an acknowledged delivery survives the process, but not always a power
/// cut. The price is the last moment's commands and presses, which people then repeat. Nothing was done for them: the log keeps its order,
/// so that whatever is on the disk has the delivery that it came from before it.
/// </remarks>
internal sealed class DeliveryWriter : IAsyncDisposable
{
    private readonly BotDb _db;
    private readonly DbCommand _insert;
    private readonly DbParameter _surface, _key, _kind, _payload, _ticks, _holder, _lease;

    private DeliveryWriter(BotDb db)
    {
        _db = db;
        _insert = db.Database.GetDbConnection().CreateCommand();
        _insert.CommandText =
            """
            INSERT INTO "Deliveries" ("Surface", "Key", "Kind", "Payload", "Ticks", "Holder", "LeaseTicks")
            VALUES (@surface, @key, @kind, @payload, @ticks, @holder, @lease) ON CONFLICT DO NOTHING
            """;
        (_surface, _key, _kind, _payload, _ticks, _holder, _lease) = (Parameter("@surface"), Parameter("@key"), Parameter("@kind"), Parameter("@payload"), Parameter("@ticks"), Parameter("@holder"), Parameter("@lease"));
    }

    public static async Task<DeliveryWriter> OpenAsync(IDbContextFactory<BotDb> databases, CancellationToken cancellation)
    {
        var db = await databases.CreateDbContextAsync(cancellation);
        try
        {
            await db.Database.OpenConnectionAsync(cancellation);
            await db.Database.ExecuteSqlRawAsync(db.CommitBeforeDisk, cancellation);
            return new DeliveryWriter(db);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stores the deliveries in one commit; for each, whether its key was new. After a failure nothing is stored, and the writer is of no use any more.</summary>
    public async Task<bool[]> WriteAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellation)
    {
        await using var transaction = await _db.Database.BeginTransactionAsync(cancellation);
        _insert.Transaction = transaction.GetDbTransaction();
        var isNew = new bool[deliveries.Count];
        for (var index = 0; index < isNew.Length; index++)
        {
            var one = deliveries[index];
            (_surface.Value, _key.Value, _kind.Value, _payload.Value, _ticks.Value, _holder.Value, _lease.Value) = (one.Surface, one.Key, one.Kind, one.Payload, one.At.UtcTicks, _db.Host, (one.At + IDeliveries.Waits).UtcTicks);
            isNew[index] = await _insert.ExecuteNonQueryAsync(cancellation) == 1;
        }
        await transaction.CommitAsync(cancellation);
        return isNew;
    }

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _db.DisposeAsync();
    }

    private DbParameter Parameter(string name)
    {
        var parameter = _insert.CreateParameter();
        parameter.ParameterName = name;
        _insert.Parameters.Add(parameter);
        return parameter;
    }
}
