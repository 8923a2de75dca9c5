using LastAccessedBot.Sandbox;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.Sandbox;

/// <summary>A fresh account on a free port, with a clock that the test moves.</summary>
public abstract class SandboxFixture : IAsyncLifetime
{
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    protected SandboxServer Server { get; private set; } = null!;

    protected SandboxClient Aws { get; private set; } = null!;

    protected virtual SandboxOptions Options => new() { Port = 0 };

    public async ValueTask InitializeAsync()
    {
        Server = await SandboxServer.StartAsync(Options, Time, TestContext.Current.CancellationToken);
        Aws = new SandboxClient(Server, Time);
    }

    public async ValueTask DisposeAsync()
    {
        Aws.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected SandboxClient As(string key, string? secret = null, string? token = null) => new(Server, Time, key, secret, token);

    /// <summary>Asks for a report and lets its time pass.</summary>
    protected async Task<string> Report(string arn, string granularity = "SERVICE_LEVEL")
    {
        var job = (await Aws.Iam("GenerateServiceLastAccessedDetails", ("Arn", arn), ("Granularity", granularity))).Text("JobId");
        Time.Advance(TimeSpan.FromSeconds(2));
        return job!;
    }

    /// <summary>Namespace → the last one to use it, or null.</summary>
    protected async Task<Dictionary<string, string?>> LastUsers(string arn)
    {
        var services = await Aws.All("GetServiceLastAccessedDetails", "ServicesLastAccessed", ("JobId", await Report(arn)));
        return services.ToDictionary(
            service => service.Element("ServiceNamespace")!.Value,
            service => service.Element("LastAuthenticatedEntity")?.Value.Split(':')[^1]);
    }
}
