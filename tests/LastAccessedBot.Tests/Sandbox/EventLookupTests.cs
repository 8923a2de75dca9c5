using System.Text.Json;
using LastAccessedBot.Sandbox;

namespace LastAccessedBot.Tests.Sandbox;

/// <summary>CloudTrail's lookup as the sandbox answers it.</summary>
public sealed class EventLookupTests : IAsyncLifetime
{
    private SandboxServer server = null!;
    private SandboxClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await SandboxServer.StartAsync(SandboxAccount.Default(TimeProvider.System), new SandboxOptions { Port = 0 }, TimeProvider.System, TestContext.Current.CancellationToken);
        client = new SandboxClient(server, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_users_events_come_latest_first_with_their_records()
    {
        var (status, body) = await client.Trail(new { LookupAttributes = Of("maria-garcia"), MaxResults = 50 });
        Assert.Equal(200, status);
        var events = body.GetProperty("Events").EnumerateArray().ToArray();
        Assert.Equal(["ListBucket", "DescribeInstances", "ListUsers"], events.Select(one => one.GetProperty("EventName").GetString()).Where(name => name is "ListBucket" or "DescribeInstances" or "ListUsers"));
        Assert.True(events.Select(one => one.GetProperty("EventTime").GetDouble()).Zip(events.Skip(1).Select(one => one.GetProperty("EventTime").GetDouble())).All(pair => pair.First >= pair.Second));
        using var denied = JsonDocument.Parse(events.Single(one => one.GetProperty("EventName").GetString() == "ListUsers").GetProperty("CloudTrailEvent").GetString()!);
        Assert.Equal("AccessDenied", denied.RootElement.GetProperty("errorCode").GetString());
        Assert.Equal("arn:aws:iam::123456789012:user/maria-garcia", denied.RootElement.GetProperty("userIdentity").GetProperty("arn").GetString());
    }

    [Fact]
    public async Task Pages_hold_what_was_asked_for_and_go_on_with_the_same_lookup_only()
    {
        var (_, first) = await client.Trail(new { LookupAttributes = Of("maria-garcia"), MaxResults = 2 });
        Assert.Equal(2, first.GetProperty("Events").GetArrayLength());
        var token = first.GetProperty("NextToken").GetString();
        var (_, second) = await client.Trail(new { LookupAttributes = Of("maria-garcia"), MaxResults = 2, NextToken = token });
        Assert.InRange(second.GetProperty("Events").GetArrayLength(), 1, 2);
        Assert.Equal("InvalidNextTokenException", await Refused(new { LookupAttributes = Of("nikhilj"), MaxResults = 2, NextToken = token }));
    }

    [Fact]
    public async Task What_is_older_than_ninety_days_is_gone()
    {
        var (_, body) = await client.Trail(new { LookupAttributes = Of("wang-xiulan") });
        Assert.Equal(0, body.GetProperty("Events").GetArrayLength());
    }

    [Fact]
    public async Task What_cannot_be_looked_up_is_refused_as_AWS_does()
    {
        Assert.Equal("InvalidMaxResultsException", await Refused(new { MaxResults = 51 }));
        Assert.Equal("InvalidTimeRangeException", await Refused(new { StartTime = 200, EndTime = 100 }));
        Assert.Equal("InvalidLookupAttributesException", await Refused(new { LookupAttributes = new[] { new { AttributeKey = "Username", AttributeValue = "a" }, new { AttributeKey = "EventName", AttributeValue = "b" } } }));
    }

    private static object[] Of(string user) => [new { AttributeKey = "Username", AttributeValue = user }];

    private async Task<string?> Refused(object body)
    {
        var (status, answer) = await client.Trail(body);
        Assert.Equal(400, status);
        return answer.GetProperty("__type").GetString();
    }
}
