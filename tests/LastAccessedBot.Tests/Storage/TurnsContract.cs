using LastAccessedBot.Flows;
using LastAccessedBot.Storage;

namespace LastAccessedBot.Tests.Storage;

public sealed class TurnsOfOneHostTests : TurnsContract
{
    private readonly TurnsOfOneHost _turns = new();

    protected override Task<ITurns> HostAsync() => Task.FromResult<ITurns>(_turns);
}

public sealed class TurnsOfManyHostsTests(PostgreSqlServer server) : TurnsContract, IAsyncDisposable
{
    private readonly List<TurnsOfManyHosts> _hosts = [];
    private string? _database;

    protected override async Task<ITurns> HostAsync()
    {
        _hosts.Add(new TurnsOfManyHosts(_database ??= await server.DatabaseAsync()));
        return _hosts[^1];
    }

    [Fact]
    public async Task A_host_that_is_gone_has_no_turns()
    {
        await using var gone = new TurnsOfManyHosts(_database ??= await server.DatabaseAsync());
        await gone.TakeAsync("account", Cancellation);
        var waiting = (await HostAsync()).TakeAsync("account", Cancellation);
        await using (var end = new Npgsql.NpgsqlConnection(_database))
        {
            await end.OpenAsync(Cancellation);
            await using var kill = new Npgsql.NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted", end);
            await kill.ExecuteNonQueryAsync(Cancellation);
        }
        await using var turn = await waiting;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
    }
}

/// <summary>What turns promise, to tasks of one host and to several hosts.</summary>
public abstract class TurnsContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The turns as another host sees them, where there may be another.</summary>
    protected abstract Task<ITurns> HostAsync();

    [Fact]
    public async Task Of_one_name_one_works_at_a_time_and_all_come_to_their_turn()
    {
        var hosts = new[] { await HostAsync(), await HostAsync(), await HostAsync() };
        var (inside, most, done) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Task.Run(async () =>
        {
            await using var turn = await hosts[number % hosts.Length].TakeAsync("account", Cancellation);
            most = Math.Max(most, ++inside);
            await Task.Yield();
            inside--;
            done++;
        })));
        Assert.Equal((1, 30), (most, done));
    }

    [Fact]
    public async Task Different_names_do_not_wait_for_each_other()
    {
        var host = await HostAsync();
        await using var one = await host.TakeAsync("review A", Cancellation);
        await using var other = await host.TakeAsync("review B", Cancellation);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_holds_up_nobody()
    {
        var (first, second) = (await HostAsync(), await HostAsync());
        using var patience = new CancellationTokenSource();
        Task<IAsyncDisposable> waiting;
        await using (await first.TakeAsync("account", Cancellation))
        {
            waiting = second.TakeAsync("account", patience.Token);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
        await using var turn = await second.TakeAsync("account", Cancellation);
    }
}
