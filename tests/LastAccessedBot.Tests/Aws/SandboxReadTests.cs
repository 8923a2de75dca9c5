using LastAccessedBot.Aws;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Tests.Aws;

/// <summary>The flows' interfaces from the settings down to the sandbox, with pages of a few items.</summary>
public sealed class SandboxReadTests : IAsyncLifetime
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    private SandboxServer server = null!;
    private ServiceProvider services = null!;

    private IAccountReader Account => services.GetRequiredService<IAccountReader>();

    public async ValueTask InitializeAsync()
    {
        var options = new SandboxOptions { Port = 0, PageSize = 5, ReportTime = TimeSpan.FromSeconds(0.3) };
        server = await SandboxServer.StartAsync(options, TimeProvider.System, Ct);
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Aws:Endpoint", server.Address.ToString())]).Build();
        services = new ServiceCollection().AddAws(settings).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_groups_report_and_who_of_its_members_used_a_service()
    {
        var reports = services.GetRequiredService<IAccessReports>();
        var group = await Account.IdentityAsync(new IdentityRef(IdentityKind.Group, "app-dev"), Ct);
        var report = Assert.IsType<AccessReport.Complete>(await reports.ServiceReportAsync(group!.Arn, null, Ct));
        var used = report.Services.Values.First(use => use.LastAttempt is not null);
        var entities = await reports.EntitiesAsync(group.Arn, used.Service, Ct);
        Assert.Equal(used.Entities, entities.Count(entity => entity.LastAttempt is not null));
        Assert.All(entities, entity => Assert.Contains(entity.Identity.Name, group.Members));
        Assert.IsType<ActionReport.Complete>(await reports.ActionReportAsync(group.Arn, DateTimeOffset.MinValue, null, Ct));
    }

    [Fact]
    public async Task The_attached_policies_of_the_sweep_are_those_that_single_reads_show()
    {
        var swept = await Account.AttachedCustomerPoliciesAsync(Ct);
        Assert.NotEmpty(swept);
        foreach (var summary in swept)
        {
            var policy = await Account.PolicyAsync(summary.Arn, Ct);
            Assert.Equal((policy!.Default.Document, policy.AttachedTo.Count), (summary.Document, summary.AttachmentCount));
        }
    }

    [Fact]
    public async Task Every_name_leads_to_an_identity()
    {
        var names = await Account.NamesAsync(Ct);
        foreach (var name in names.Identities) Assert.Equal(name, (await Account.IdentityAsync(name, Ct))?.Ref);
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/service/billing/billing-export", "role billing-export")]
    [InlineData("arn:aws:iam::123456789012:policy/teams/billing/Billing-Export", "policy Billing-Export")]
    [InlineData("Nightly-Export", "role nightly-export")]
    public async Task A_path_with_slashes_is_no_part_of_a_name(string typed, string found) =>
        Assert.Equal(found, Assert.IsType<Finding.Found>(await new FindSubject(services.GetRequiredService<IAccounts>(), services.GetRequiredService<IOrganizationReader>()).AsTypedAsync(null, typed, null, Ct)).Subject.Words);

    [Fact]
    public async Task A_report_of_nobody_is_refused()
    {
        var refused = await Assert.ThrowsAsync<AwsRefusedException>(
            () => services.GetRequiredService<IAccessReports>().ServiceReportAsync("arn:aws:iam::123456789012:user/nobody", null, Ct));
        Assert.True(refused.IsNoSuchEntity);
    }
}
