using LastAccessedBot.Sandbox;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>CloudTrail as a second evidence, at a real host whose settings ask for it.</summary>
[Collection(nameof(EndToEnd))]
public sealed class TrailTests
{
    private const string Leave = "Remove user nikhilj from group security-team";

    [Fact]
    public async Task What_CloudTrail_recorded_stands_on_the_card_with_what_was_denied()
    {
        await using var scene = await StartAsync(null);
        var text = (await scene.Bot.AskAsync(Paulo, "/unused user maria-garcia")).Card!.Text();
        Assert.Contains("CloudTrail, last 90 days: 4 actions seen, 1 attempt denied", text);
        Assert.Matches(@"iam:ListUsers \| \d{4}-\d\d-\d\d \(6 days ago\) \| 1 \| 1", text);
        Assert.Equal(1, scene.Aws.Calls.Count("cloudtrail:LookupEvents"));
        Assert.DoesNotContain("CloudTrail, last", (await scene.Bot.AskAsync(Paulo, "/unused role ci-runner")).Card!.Text());
    }

    [Fact]
    public async Task A_service_that_CloudTrail_saw_and_the_report_did_not_is_unknown_and_stays()
    {
        await using var scene = await StartAsync(ScenarioText.Default.Replace("\"nikhilj\": {", "\"nikhilj\": { \"recorded\": { \"cloudtrail:DescribeTrails\": \"4d\" },", StringComparison.Ordinal));
        var card = (await scene.Bot.AskAsync(Paulo, "/unused user nikhilj")).Card!;
        Assert.Contains("CloudTrail recorded cloudtrail:DescribeTrails on ", card.Text());
        Assert.DoesNotContain(card.Sections(), section => section.Title.ToString() == Leave);
        Assert.Contains(card.Sections(), section => section.Title.ToString() == "Detach IAMFullAccess from user nikhilj");
    }

    [Fact]
    public async Task Without_the_right_to_look_the_answer_says_so_and_stands_on_the_report()
    {
        await using var scene = await StartAsync(null);
        scene.Fault(faults => faults with { AccessDenied = ["cloudtrail:LookupEvents"] });
        var card = (await scene.Bot.AskAsync(Paulo, "/unused user nikhilj")).Card!;
        Assert.Contains("CloudTrail was asked for a second evidence and gave none: The bot itself may not do cloudtrail:LookupEvents", card.Text());
        Assert.Contains(card.Sections(), section => section.Title.ToString() == Leave);
    }

    private static Task<Scene> StartAsync(string? scenario) => Scene.StartAsync(
        scenario is null ? null : SandboxAccount.Load(scenario, TimeProvider.System), null, ("Aws__CloudTrail__Enabled", "true"));
}
