using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LastAccessedBot.Storage;

/// <summary>What every connection to SQLite is told when it is opened, anew or from the pool.</summary>
/// <remarks>
/// There is one writer at a time. SQLite itself waits for its turn and looks again after a millisecond; its .NET client would look again
/// after 150, which those who wait for an acknowledgement would feel. And a commit is on the disk when it ends: what the record and the
/// journal say before a step must be there after a power cut.
/// </remarks>
internal sealed class ConnectionPragmas : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = "PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL";
        pragmas.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite does nothing asynchronously.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
