using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack;
using LastAccessedBot.Surfaces.Slack.Web;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.Surfaces.Slack;

/// <summary>Who is in a user group, asked for as seldom as Slack wants it.</summary>
public sealed class SlackDirectoryTests : IAsyncLifetime
{
    private const string Maria = "U0MARIA", Group = $"{SimulatedSlack.Team}/S0APPDEV";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private SimulatedSlack _slack = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = (await SimulatedSlack.StartAsync()).With(Maria, "María García");
        _services = new ServiceCollection()
            .AddHttpClient().AddLogging().AddSingleton<TimeProvider>(_time)
            .AddSingleton(Options.Create(new SlackOptions { ApiUrl = _slack.ApiUrl, BotToken = SimulatedSlack.BotToken }))
            .AddSingleton<Troubles>().AddSingleton<SlackClient>().AddSingleton<IWorkspaces, OneWorkspace>().AddSingleton<SlackDirectory>()
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task A_group_that_Slack_refuses_to_list_is_asked_for_once_a_minute_and_nobody_is_in_it()
    {
        for (var press = 0; press < 30; press++) Assert.Empty(await GroupsAsync());
        Assert.Equal(1, Asked);
        _slack.UserGroups["S0APPDEV"] = [Maria];
        _time.Advance(SlackDirectory.RefusalsStand);
        Assert.Equal([Group], await GroupsAsync());
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task Whoever_leaves_a_group_is_out_of_it_here_too_in_five_minutes_at_most()
    {
        _slack.UserGroups["S0APPDEV"] = [Maria];
        Assert.Equal([Group], await GroupsAsync());
        _slack.UserGroups["S0APPDEV"] = [];
        Assert.Equal([Group], await GroupsAsync());
        _time.Advance(SlackDirectory.MembersStayFresh);
        Assert.Empty(await GroupsAsync());
        Assert.Equal(2, Asked);
    }

    private int Asked => _slack.Calls.Count(call => call.Method == "usergroups.users.list");

    private async Task<string[]> GroupsAsync()
    {
        var groups = await _services.GetRequiredService<SlackDirectory>().GroupsOfAsync($"{SimulatedSlack.Team}/{Maria}", [Group], TestContext.Current.CancellationToken);
        Assert.NotNull(groups);
        return [.. groups];
    }
}
