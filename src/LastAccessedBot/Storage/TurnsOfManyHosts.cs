using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LastAccessedBot.Flows;
using Npgsql;

namespace LastAccessedBot.Storage;

/// <summary>Turns that the server of the state gives: a host that dies loses its connection, and with it its turns.</summary>
/// <remarks>
/// Within a host the line forms in memory, so that each name has one connection at most that waits or works. The price of a turn is that
/// connection: only work that other hosts could do at the same time takes one. Where the connection alone is lost, another host may begin
/// while this one still works; everything under a turn reads before it writes, and guards what it writes.
/// </remarks>
internal sealed class TurnsOfManyHosts(string connectionString) : ITurns, IAsyncDisposable
{
    private readonly TurnsOfOneHost _here = new();
    // A pool of their own: work under a turn needs connections too, and must not wait for those that wait for turns.
    private readonly NpgsqlDataSource _server = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "LastAccessedBot turns", KeepAlive = 30 }.ConnectionString).Build();

    public async Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellation)
    {
        var here = await _here.TakeAsync(name, cancellation);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await _server.OpenConnectionAsync(cancellation);
            var key = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { CommandTimeout = 0, Parameters = { new() { Value = key } } };
            await take.ExecuteNonQueryAsync(cancellation);
            return new Held(here, connection);
        }
        catch
        {
            if (connection is not null) await connection.DisposeAsync();
            await here.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class Held(IAsyncDisposable here, NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await using (connection)
                {
                    await using var end = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
                    await end.ExecuteNonQueryAsync();
                }
            }
            catch (NpgsqlException)
            {
                // The connection is lost, and the turn with it.
            }
            finally
            {
                await here.DisposeAsync();
            }
        }
    }
}
