using System.Net;
using System.Text.Json;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What operators see of a host at work.</summary>
[Collection(nameof(EndToEnd))]
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Detach = "Detach App-Dev-ElasticTranscoder from group app-dev";

    private Scene _scene = null!;

    private HttpClient Http => _scene.Bot.Http;

    public async ValueTask InitializeAsync() => _scene = await Scene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Questions_trims_and_calls_to_AWS_are_counted_without_anybodys_name()
    {
        _scene.Fault(faults => faults with { ThrottleNext = faults.ThrottleNext.SetItem("iam:DetachGroupPolicy", 1) });
        var review = await _scene.Bot.AskAsync(Paulo, "/unused app-dev");
        await _scene.Bot.PressAsync(Maria, review, Detach, "Approve", "Applied on");
        var metrics = await Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal("1", Value(metrics, "lastaccessedbot_card_duration_seconds_count", "question=\"unused\"", "outcome=\"answered\""));
        Assert.Equal("1", Value(metrics, "lastaccessedbot_trims_total", "kind=\"detach-policy\"", "outcome=\"applied\""));
        Assert.Equal("1", Value(metrics, "lastaccessedbot_trims_total", "kind=\"detach-policy\"", "outcome=\"approved\""));
        Assert.Equal("1", Value(metrics, "lastaccessedbot_services_removed_total", "kind=\"detach-policy\""));
        Assert.Equal("1", Value(metrics, "lastaccessedbot_apply_duration_seconds_count", "kind=\"detach-policy\"", "outcome=\"applied\""));
        Assert.Equal("1", Value(metrics, "lastaccessedbot_aws_calls_total", "operation=\"IAM.DetachGroupPolicy\"", "outcome=\"ok\""));
        Assert.Equal("1", Value(metrics, "lastaccessedbot_aws_throttles_total", "operation=\"IAM.DetachGroupPolicy\""));
        Assert.Equal("1", Value(metrics, "lastaccessedbot_jobs_total", "job=\"ReviewAccess\"", "outcome=\"done\""));
        string[] names = ["app-dev", "ElasticTranscoder", "paulo", "maria"];
        Assert.All(metrics.Split('\n').Where(line => line.StartsWith("lastaccessedbot_", StringComparison.Ordinal)), line => Assert.DoesNotContain(names, name => line.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Metrics_are_for_this_machine_and_not_for_who_comes_through_a_proxy_on_it()
    {
        using var proxied = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        proxied.Headers.Add("X-Forwarded-For", "203.0.113.7");
        Assert.Equal(HttpStatusCode.NotFound, (await Http.SendAsync(proxied, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Readiness_tells_store_jobs_and_AWS_apart()
    {
        await _scene.Aws.DisposeAsync();
        var answer = await Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        // What was decided can be read, and decided about, without AWS.
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal("{\"store\":\"healthy\",\"jobs\":\"healthy\",\"aws\":\"degraded\"}", Ordered(health.GetProperty("parts")));
        Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static string Ordered(JsonElement parts) =>
        $"{{{string.Join(',', parts.EnumerateObject().OrderByDescending(part => part.Name, StringComparer.Ordinal).Select(part => $"\"{part.Name}\":\"{part.Value}\""))}}}";

    /// <summary>The value of the one sample with the name and the labels; null where there is none.</summary>
    private static string? Value(string metrics, string name, params string[] labels) => metrics.Split('\n')
        .SingleOrDefault(line => line.StartsWith(name + "{", StringComparison.Ordinal) && labels.All(label => line.Contains(label, StringComparison.Ordinal)))?.Split("} ")[1].Split(' ')[0];
}
