using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(LastAccessedBot.Tests.Storage.PostgreSqlServer))]

namespace LastAccessedBot.Tests.Storage;

/// <summary>A PostgreSQL server of the tests' own, in a temporary folder; started by the first test that asks for it.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly Lazy<Task<Running?>> _running = new(StartAsync);
    private int _databases;

    /// <summary>A new and empty database's connection string; skips the test where PostgreSQL is not installed.</summary>
    public async Task<string> DatabaseAsync()
    {
        if (await _running.Value is not { } running)
        {
            Assert.Skip("there is no PostgreSQL server on this machine");
            throw new UnreachableException();
        }
        var name = $"bot{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(running.ConnectionTo("postgres"));
        await connection.OpenAsync();
        await using var create = connection.CreateCommand();
        create.CommandText = $"CREATE DATABASE {name}";
        await create.ExecuteNonQueryAsync();
        return running.ConnectionTo(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsValueCreated || await _running.Value is not { } running) return;
        NpgsqlConnection.ClearAllPools();
        await RunAsync(running.Programs, "pg_ctl", "stop", "-D", running.Data, "-m", "immediate", "-w");
        Directory.Delete(running.Folder, recursive: true);
    }

    private static async Task<Running?> StartAsync()
    {
        if (Programs() is not { } programs) return null;
        var folder = Directory.CreateTempSubdirectory("last-accessed-bot-postgres-").FullName;
        // The server refuses to run as root, and whoever it runs as has to read its folder.
        if (IsRoot) await RunAsync(null, "chown", "postgres", folder);
        var running = new Running(programs, folder, FreePort());
        await RunAsync(programs, "initdb", "-D", running.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        await RunAsync(programs, "pg_ctl", "start", "-D", running.Data, "-w", "-l", Path.Combine(folder, "log"),
            "-o", $"-c listen_addresses=127.0.0.1 -p {running.Port} -k {folder} -c fsync=off -c max_connections=300");
        return running;
    }

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>The newest version that Debian's packages put down, or what the path has.</summary>
    private static string? Programs()
    {
        const string Debian = "/usr/lib/postgresql";
        var places = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderByDescending(version => version, StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [];
        return places.Concat(Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? []).FirstOrDefault(place => File.Exists(Path.Combine(place, "initdb")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string? programs, string program, params string[] arguments)
    {
        var path = programs is null ? program : Path.Combine(programs, program);
        var start = IsRoot && programs is not null ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", path, .. arguments]) : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = Path.GetTempPath();
        // The server outlives its starter, and would hold the other end of a pipe for as long.
        start.RedirectStandardInput = true;
        start.RedirectStandardError = start.RedirectStandardOutput = program != "pg_ctl";
        using var process = Process.Start(start)!;
        var said = start.RedirectStandardError ? await process.StandardError.ReadToEndAsync() : "";
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {said}");
    }

    private sealed record Running(string Programs, string Folder, int Port)
    {
        public string Data => Path.Combine(Folder, "data");

        public string ConnectionTo(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Maximum Pool Size=40";
    }
}
