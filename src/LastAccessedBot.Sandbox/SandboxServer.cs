using System.Net;
using LastAccessedBot.Sandbox.AccessAnalyzer;
using LastAccessedBot.Sandbox.Faults;
using LastAccessedBot.Sandbox.Reports;
using LastAccessedBot.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LastAccessedBot.Sandbox;

/// <summary>A small AWS account on loopback, speaking IAM, STS, Organizations and Access Analyzer as AWS does.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private SandboxServer(WebApplication app, SandboxAccount account, SandboxFaults faults, CallLog calls)
    {
        this.app = app;
        Account = account;
        Faults = faults;
        Calls = calls;
        Address = new Uri(app.Urls.Single());
    }

    public Uri Address { get; }

    public SandboxAccount Account { get; }

    public SandboxFaults Faults { get; }

    public CallLog Calls { get; }

    public static async Task<SandboxServer> StartAsync(SandboxOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var scenario = options.ScenarioFile is null ? null : await File.ReadAllTextAsync(options.ScenarioFile, cancellation);
        var account = options.StateFile is { } file ? SandboxAccount.Open(file, scenario, time)
            : scenario is not null ? SandboxAccount.Load(scenario, time)
            : SandboxAccount.Default(time);
        return await StartAsync(account, options, time, cancellation);
    }

    /// <summary>Serves an account that was made some other way, e.g. by <see cref="GeneratedAccount"/>.</summary>
    public static async Task<SandboxServer> StartAsync(SandboxAccount account, SandboxOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var faults = new SandboxFaults(time);
        faults.Change(settings => settings with { CallsPerSecond = options.CallsPerSecond });
        var calls = new CallLog();
        var endpoint = new AwsEndpoint(account, faults, calls, new ReportJobs(options.ReportTime), options.PageSize, time);

        // An empty builder: nothing of the host's settings, logging or environment reaches the simulated account.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        var app = builder.Build();
        app.UseRouting();
        app.MapPost("/", endpoint.Answer);
        foreach (var path in AnalyzerOperation.ByPath.Keys)
            app.MapPost(path, endpoint.Answer);
        app.MapSandboxControls(account, faults, calls);
        await app.StartAsync(cancellation);
        return new SandboxServer(app, account, faults, calls);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>The sandbox ends when its owner says so: on a signal to the process, work in flight still needs it.</summary>
    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
