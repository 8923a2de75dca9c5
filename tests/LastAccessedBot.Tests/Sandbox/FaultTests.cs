using System.Net.Http.Json;
using System.Text.Json;
using LastAccessedBot.Sandbox.Faults;

namespace LastAccessedBot.Tests.Sandbox;

public sealed class FaultTests : SandboxFixture
{
    private static readonly (string, string)[] Detach = [("GroupName", "app-dev"), ("PolicyArn", SandboxClient.PolicyArn("App-Dev-ElasticTranscoder"))];

    [Fact]
    public async Task Above_the_rate_calls_are_throttled_until_time_has_passed()
    {
        Server.Faults.Change(faults => faults with { CallsPerSecond = 2 });
        Assert.Equal(200, (await Aws.Iam("ListUsers")).Status);
        Assert.Equal(200, (await Aws.Iam("ListUsers")).Status);
        var third = await Aws.Iam("ListUsers");
        Assert.Equal((400, "Throttling"), (third.Status, third.Code));
        Time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(200, (await Aws.Iam("ListUsers")).Status);
    }

    [Fact]
    public async Task Organizations_has_its_own_word_for_throttling()
    {
        Server.Faults.Change(faults => faults with { ThrottleNext = faults.ThrottleNext.Add("organizations:ListRoots", 1) });
        using var management = As("management");
        Assert.Equal("TooManyRequestsException", (await management.Organizations("ListRoots", new { })).Body.GetProperty("__type").GetString());
        Assert.Equal(200, (await management.Organizations("ListRoots", new { })).Status);
    }

    [Fact]
    public async Task A_failure_of_the_service_does_nothing()
    {
        Server.Faults.Change(faults => faults with { FailNext = faults.FailNext.Add("iam:DetachGroupPolicy", 1) });
        var before = Server.Account.Snapshot();
        var answer = await Aws.Iam("DetachGroupPolicy", Detach);
        Assert.Equal((500, "ServiceFailure"), (answer.Status, answer.Code));
        Assert.Equal(before, Server.Account.Snapshot());
        Assert.Equal(200, (await Aws.Iam("DetachGroupPolicy", Detach)).Status);
    }

    [Fact]
    public async Task A_lost_response_leaves_the_change_done_and_on_record()
    {
        Server.Faults.Change(faults => faults with { LoseNextResponse = faults.LoseNextResponse.Add("iam:DetachGroupPolicy", 1) });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Aws.Iam("DetachGroupPolicy", Detach));
        Assert.DoesNotContain("group/app-dev attached: " + SandboxClient.PolicyArn("App-Dev-ElasticTranscoder"), Server.Account.Snapshot());
        var write = Assert.Single(Server.Calls.Writes);
        Assert.Equal(("iam:DetachGroupPolicy", "app-dev", "OK, response lost"), (write.Operation, write.Parameters["GroupName"], write.Outcome));
        Assert.Equal("NoSuchEntity", (await Aws.Iam("DetachGroupPolicy", Detach)).Code);
        Assert.Single(Server.Calls.Writes);
        Assert.Equal(2, Server.Calls.Count("iam:DetachGroupPolicy"));
    }

    [Fact]
    public async Task A_denied_call_names_caller_action_and_resource()
    {
        Server.Faults.Change(faults => faults with { AccessDenied = ["iam:DetachGroupPolicy"] });
        var answer = await Aws.Iam("DetachGroupPolicy", Detach);
        Assert.Equal((403, "AccessDenied"), (answer.Status, answer.Code));
        Assert.StartsWith(
            "User: arn:aws:iam::123456789012:user/service/last-accessed-bot is not authorized to perform: iam:DetachGroupPolicy on resource: arn:aws:iam::123456789012:group/app-dev",
            answer.Text("Message"));
    }

    [Fact]
    public async Task An_empty_first_page_is_not_the_end()
    {
        Server.Faults.Change(faults => faults with { EmptyFirstPage = true });
        var first = await Aws.Iam("ListGroups");
        Assert.Equal((0, "true"), (first.List("Groups").Count(), first.Text("IsTruncated")));
        Assert.Equal(8, (await Aws.All("ListGroups", "Groups")).Count);
    }

    [Fact]
    public async Task Faults_are_set_and_calls_are_read_over_HTTP_too()
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        var set = await http.PutAsJsonAsync("/_sandbox/faults", new { failNext = new Dictionary<string, int> { ["iam:ListUsers"] = 1 } });
        Assert.True(set.IsSuccessStatusCode);
        Assert.Equal(500, (await Aws.Iam("ListUsers")).Status);
        Assert.Equal(0, (await http.GetFromJsonAsync<FaultSettings>("/_sandbox/faults"))!.FailNext["iam:ListUsers"]);
        var calls = await http.GetFromJsonAsync<JsonElement>("/_sandbox/calls");
        Assert.Equal(("iam:ListUsers", "ServiceFailure"), (calls[0].GetProperty("operation").GetString(), calls[0].GetProperty("outcome").GetString()));
        var mistyped = await http.PutAsJsonAsync("/_sandbox/faults", new { failNexd = 1 });
        Assert.Equal(400, (int)mistyped.StatusCode);
    }
}
