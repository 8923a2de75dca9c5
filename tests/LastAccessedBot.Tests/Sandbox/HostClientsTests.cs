using LastAccessedBot.Aws;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Tests.Sandbox;

/// <summary>The bot's readers and the sandbox, which share no code, understand each other.</summary>
public sealed class HostClientsTests : IAsyncLifetime
{
    private SandboxServer server = null!;
    private ServiceProvider services = null!;

    public async ValueTask InitializeAsync()
    {
        server = await SandboxServer.StartAsync(
            new SandboxOptions { Port = 0, PageSize = 7, ReportTime = TimeSpan.FromMilliseconds(20) }, TimeProvider.System, TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string?> { ["Aws:Endpoint"] = server.Address.ToString() };
        services = new ServiceCollection().AddAws(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_account_is_read_in_small_pages_and_one_of_them_empty()
    {
        server.Faults.Change(faults => faults with { EmptyFirstPage = true });
        var reader = services.GetRequiredService<IAccountReader>();
        Assert.Equal("123456789012", (await reader.CallerAsync(default)).AccountId);
        Assert.Equal(20, (await reader.AttachedCustomerPoliciesAsync(default)).Length);
        var group = await reader.IdentityAsync(new IdentityRef(IdentityKind.Group, "development"), default);
        Assert.Equal(("Development", 12), (group!.Ref.Name, group.Members.Count));
    }

    [Fact]
    public async Task A_report_of_more_than_three_hundred_services_arrives_whole()
    {
        var reports = services.GetRequiredService<IAccessReports>();
        var report = await reports.ServiceReportAsync("arn:aws:iam::123456789012:group/Development", null, default);
        Assert.True(Assert.IsType<AccessReport.Complete>(report).Services.Count > 330);
    }
}
