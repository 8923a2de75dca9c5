using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LastAccessedBot.Aws;
using LastAccessedBot.Aws.Wire;

namespace LastAccessedBot.Tests.Aws;

/// <summary>moto, an independent imitation of AWS, as a process on a free loopback port; tests that need it are skipped where it isn't installed.</summary>
public class Moto : IAsyncLifetime
{
    private readonly Dictionary<string, string?> environment;
    private Process? process;
    private string? missing;

    public Moto() : this(new() { ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true" })
    {
    }

    protected Moto(Dictionary<string, string?> environment) => this.environment = environment;

    internal AwsOptions Options { get; } = new() { AccessKeyId = "test", SecretAccessKey = "test" };

    internal IamClient Iam => new(new WireClient(AwsService.Iam, Options, new CallBudget(null, 8)));

    internal OrganizationsClient Organizations => new(new WireClient(AwsService.Organizations, Options, new CallBudget(null, 8)));

    public void Require() => Assert.SkipWhen(missing is not null, missing ?? "");

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        Options.Endpoint = $"http://127.0.0.1:{port}";
        try
        {
            var start = new ProcessStartInfo("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", $"{port}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var (name, value) in environment) start.Environment[name] = value;
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            missing = "python3 is not installed";
            return;
        }
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 150; attempt++)
        {
            if (process.HasExited)
            {
                var reason = await errors;
                missing = reason.Contains("No module named", StringComparison.Ordinal) ? "moto is not installed" : throw new InvalidOperationException(reason);
                return;
            }
            try
            {
                await http.GetAsync(new Uri($"{Options.Endpoint}/moto-api/data.json"));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.2), TimeProvider.System);
            }
        }
        throw new TimeoutException("moto did not start");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process?.Dispose();
    }

    /// <summary>Makes what the bot itself never makes: users, groups, roles, an organization.</summary>
    internal Task<byte[]> MakeAsync(AwsService service, string operation, params (string, string?)[] parameters) =>
        new WireClient(service, Options, new CallBudget(null, 8)).ChangeAsync(operation, parameters, body => body, CancellationToken.None);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>moto that checks signatures with botocore's own code, and permissions, after the few calls that make somebody to sign in as.</summary>
public sealed class StrictMoto() : Moto(new() { ["INITIAL_NO_AUTH_ACTION_COUNT"] = "3" });
