using System.Text.Json.Nodes;

namespace LastAccessedBot.Tests.Surfaces.Teams;

/// <summary>Bodies that no Teams sends, under a good token.</summary>
public sealed class HostileBodyTests : IAsyncLifetime
{
    private TeamsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TeamsHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_is_no_activity_is_refused_with_one_line_in_the_log()
    {
        var activity = TeamsHost.Activity().ToJsonString();
        var token = _host.Authority.Mint();
        var cases = new (string Case, string Body, string Type, int Status)[]
        {
            ("10 MB", With("pad", new string('x', 10_000_000)), "application/json", 413),
            ("a byte too many", activity.PadRight(256 * 1024 + 1), "application/json", 413),
            ("text", activity, "text/plain", 415),
            ("a form", activity, "application/x-www-form-urlencoded", 415),
            ("nothing", "", "application/json", 400),
            ("no JSON", "{", "application/json", 400),
            ("two objects", activity + activity, "application/json", 400),
            ("an array", $"[{activity}]", "application/json", 400),
            ("a text", "\"message\"", "application/json", 400),
            ("null", "null", "application/json", 400),
            ("deep JSON", activity[..^1] + ",\"deep\":" + string.Concat(Enumerable.Repeat("[", 5_000)), "application/json", 400),
            ("65 levels", activity[..^1] + ",\"deep\":" + new string('[', 64) + new string(']', 64) + "}", "application/json", 400),
            ("one name twice", activity[..^1] + ",\"serviceUrl\":\"https://evil.example.com/\"}", "application/json", 400),
            ("one name twice, once escaped", activity[..^1] + ",\"service\\u0055rl\":\"https://evil.example.com/\"}", "application/json", 400),
            ("half a character for a name", activity[..^1] + ",\"\\ud800\":1}", "application/json", 400),
            ("half a character for the channel", activity.Replace("\"msteams\"", "\"\\ud800\"", StringComparison.Ordinal), "application/json", 403),
            ("half a character for a tenant", activity.Replace("\"tenantId\":\"", "\"tenantId\":\"\\udfff", StringComparison.Ordinal).Replace("\"channelData\"", "\"other\"", StringComparison.Ordinal), "application/json", 403),
            ("an empty object", "{}", "application/json", 403),
        };
        foreach (var (name, body, type, status) in cases)
        {
            using var answer = await _host.PostAsync(token, body, type);
            Assert.Equal((name, status), (name, (int)answer.StatusCode));
        }
        Assert.Empty(_host.Door.Received);
        Assert.Equal(cases.Length, _host.Refusals.Length);
        Assert.DoesNotContain(_host.Log.Written, line => line.Contains(token, StringComparison.Ordinal) || line.Contains("evil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("somethingNew")]
    [InlineData("event")]
    [InlineData("")]
    public async Task Kinds_of_activities_that_nobody_knows_are_the_doors_business(string kind)
    {
        Assert.Equal(202, await _host.SendAsync(activity: activity => activity["type"] = kind));
        Assert.Equal(kind, JsonNode.Parse(Assert.Single(_host.Door.Received))!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_body_of_the_largest_size_is_taken_and_so_is_a_named_charset()
    {
        using var answer = await _host.PostAsync(_host.Authority.Mint(), TeamsHost.Activity().ToJsonString().PadRight(256 * 1024), "application/json; charset=utf-8");
        Assert.Equal(202, (int)answer.StatusCode);
    }

    [Fact]
    public async Task What_the_door_calls_malformed_is_refused_with_a_line_in_the_log()
    {
        _host.Door.Answer = LastAccessedBot.Surfaces.Teams.TeamsAck.Malformed;
        Assert.Equal(400, await _host.SendAsync());
        Assert.Contains(": Malformed, 400", Assert.Single(_host.Refusals));
    }

    [Fact]
    public async Task Other_methods_are_not_answered()
    {
        using var answer = await _host.Client.GetAsync("/api/messages", TestContext.Current.CancellationToken);
        Assert.Equal(405, (int)answer.StatusCode);
    }

    private static string With(string name, string value) => TeamsHost.Activity(activity => activity[name] = value).ToJsonString();
}
