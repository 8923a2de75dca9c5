using System.Text;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;

namespace LastAccessedBot.Tests.Surfaces.Teams.Authentication;

/// <summary>A token that is wrong in any one way opens nothing, and the log says which way without a word of the token.</summary>
public sealed class BearerTokenTests : IAsyncLifetime
{
    private TeamsHost _host = null!;

    private SimulatedAuthority Authority => _host.Authority;

    public async ValueTask InitializeAsync() => _host = await TeamsHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    public async Task A_message_with_a_good_token_goes_through_the_door_as_it_is(string algorithm)
    {
        using var answer = await _host.PostAsync(Authority.Mint(token => token with { Algorithm = algorithm }), TeamsHost.Activity().ToJsonString());
        Assert.Equal((202, ""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal([TeamsHost.Activity().ToJsonString()], _host.Door.Received);
        Assert.Empty(_host.Refusals);
    }

    [Fact]
    public async Task What_the_door_answers_is_what_Teams_is_told()
    {
        _host.Door.Answer = new(200, """{"statusCode":200}""");
        using var answer = await _host.PostAsync(Authority.Mint(), TeamsHost.Activity().ToJsonString());
        Assert.Equal("""{"statusCode":200}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_wrong_token_is_refused()
    {
        using var other = new AuthorityKey("msteams");
        var good = Authority.Mint();
        var parts = good.Split('.');
        var now = _host.Time.GetUtcNow();
        var cases = new (string Case, string? Token, string Why)[]
        {
            ("no token", null, "NoToken"),
            ("an empty token", " ", "Malformed"),
            ("no token at all", "nonsense", "Malformed"),
            ("two parts", $"{parts[0]}.{parts[1]}", "Malformed"),
            ("parts that are no JSON", "aaaa.bbbb.cccc", "Malformed"),
            ("a token of 100 kB", good + new string('A', 20_000), "Malformed"),
            ("alg none", Authority.Mint(token => token with { Algorithm = "none" }), "Algorithm"),
            ("HS256 with the public key", Authority.Mint(token => token with { Algorithm = "HS256" }), "Algorithm"),
            ("PS256", Authority.Mint(token => token with { Algorithm = "PS256" }), "Algorithm"),
            ("no signature", $"{parts[0]}.{parts[1]}.", "Signature"),
            ("another key under the id of a known one", Authority.Mint(token => token with { Key = other, Kid = Authority.Key.Id }), "Signature"),
            ("claims that were changed", $"{parts[0]}.{Encoded("{\"iss\":\"https://api.botframework.com\"}")}.{parts[2]}", "Signature"),
            ("an unknown key", Authority.Mint(token => token with { Key = other, Kid = other.Id }), "UnknownKey"),
            ("no id of a key", Authority.Mint(token => token with { Kid = null }), "UnknownKey"),
            ("expired", Authority.Mint(token => token with { Until = now.AddSeconds(-301) }), "Lifetime"),
            ("expires at the end of the skew", Authority.Mint(token => token with { Until = now.AddSeconds(-300) }), "Lifetime"),
            ("never expires", Authority.Mint(token => token with { HasExpiry = false }), "Lifetime"),
            ("not yet valid", Authority.Mint(token => token with { From = now.AddSeconds(301) }), "Lifetime"),
            ("for another bot", Authority.Mint(token => token with { Audience = Guid.Empty.ToString() }), "Audience"),
            ("for nobody", Authority.Mint(token => token with { Audience = null }), "Audience"),
            ("by another issuer", Authority.Mint(token => token with { Issuer = "https://api.botframework.us" }), "Issuer"),
            ("by nobody", Authority.Mint(token => token with { Issuer = null }), "Issuer"),
        };
        foreach (var (name, token, why) in cases)
        {
            using var answer = await _host.PostAsync(token, TeamsHost.Activity().ToJsonString());
            Assert.Equal((name, 401, "Bearer"), (name, (int)answer.StatusCode, answer.Headers.WwwAuthenticate.ToString()));
            Assert.Contains($": {why}, 401, from 127.0.0.1", _host.Refusals.Last());
        }
        Assert.Empty(_host.Door.Received);
        Assert.Equal(cases.Length, _host.Refusals.Length);
        Assert.DoesNotContain(_host.Log.Written, line => line.Contains(parts[0], StringComparison.Ordinal) || line.Contains(parts[1], StringComparison.Ordinal) || line.Contains(SimulatedAuthority.AppPassword, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_schemes_and_two_headers_are_refused()
    {
        var body = TeamsHost.Activity().ToJsonString();
        string[][] headers = [["Basic dXNlcjpwYXNz"], [$"Bearer {Authority.Mint()}", $"Bearer {Authority.Mint()}"], [Authority.Mint()], ["Bearer"]];
        foreach (var values in headers)
        {
            using var answer = await _host.PostAsync(null, body, change: request => request.Headers.TryAddWithoutValidation("Authorization", values));
            Assert.Equal(401, (int)answer.StatusCode);
        }
        Assert.Empty(_host.Door.Received);
    }

    [Fact]
    public async Task Clocks_may_differ_by_five_minutes()
    {
        var now = _host.Time.GetUtcNow();
        Assert.Equal(202, await _host.SendAsync(token => token with { Until = now.AddSeconds(-299) }));
        Assert.Equal(202, await _host.SendAsync(token => token with { From = now.AddSeconds(300) }));
    }

    [Fact]
    public async Task A_token_that_was_good_is_refused_once_it_has_expired()
    {
        var token = Authority.Mint();
        Assert.Equal(202, await SendAsync(token));
        _host.Time.Advance(TimeSpan.FromMinutes(64));
        Assert.Equal(202, await SendAsync(token));
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(401, await SendAsync(token));
    }

    [Fact]
    public async Task A_token_that_was_good_does_not_lend_its_goodness_to_another()
    {
        var token = Authority.Mint();
        Assert.Equal(202, await SendAsync(token));
        Assert.Equal(401, await SendAsync(token[..^4] + "AAAA"));
        Assert.Equal(202, await SendAsync(token));
    }

    [Fact]
    public async Task The_body_of_a_request_without_a_token_is_not_read()
    {
        using var answer = await _host.PostAsync(null, new string('x', 10_000_000), "text/plain");
        Assert.Equal(401, (int)answer.StatusCode);
    }

    private async Task<int> SendAsync(string token)
    {
        using var answer = await _host.PostAsync(token, TeamsHost.Activity().ToJsonString());
        return (int)answer.StatusCode;
    }

    private static string Encoded(string json) => TokenDraft.Encode(Encoding.UTF8.GetBytes(json));
}
