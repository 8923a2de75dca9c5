using LastAccessedBot.Surfaces.Teams.Authentication;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;

namespace LastAccessedBot.Tests.Surfaces.Teams.Authentication;

/// <summary>The keys change while the bot runs, and those who publish them are not always there.</summary>
public sealed class SigningKeyTests : IAsyncLifetime
{
    private TeamsHost _host = null!;

    private SimulatedAuthority Authority => _host.Authority;

    public async ValueTask InitializeAsync() => _host = await TeamsHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_keys_are_fetched_once_for_many_messages()
    {
        for (var i = 0; i < 5; i++) Assert.Equal(202, await _host.SendAsync());
        Assert.Equal((1, 1), (Authority.MetadataFetches, Authority.KeyFetches));
    }

    [Fact]
    public async Task The_first_message_after_a_rotation_is_taken()
    {
        var before = Authority.Mint();
        Assert.Equal(202, await SendAsync(before));
        _host.Time.Advance(SigningKeys.Pause);
        Authority.Rotate();
        Assert.Equal(202, await SendAsync(before));
        Assert.Equal(202, await _host.SendAsync());
        Assert.Equal(401, await SendAsync(before));
        Assert.Equal(2, Authority.KeyFetches);
    }

    [Fact]
    public async Task The_first_messages_of_all_wait_for_one_fetch()
    {
        var gate = new TaskCompletionSource();
        Authority.Gate = gate.Task;
        var messages = Enumerable.Range(0, 20).Select(_ => _host.SendAsync()).ToArray();
        gate.SetResult();
        Assert.All(await Task.WhenAll(messages), status => Assert.Equal(202, status));
        Assert.Equal(1, Authority.KeyFetches);
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_makes_few_fetches()
    {
        Assert.Equal(202, await _host.SendAsync());
        for (var i = 0; i < 4; i++)
        {
            _host.Time.Advance(SigningKeys.Pause);
            var flood = Enumerable.Range(0, 25).Select(n => _host.SendAsync(token => token with { Kid = $"made-up-{i}-{n}" }));
            Assert.All(await Task.WhenAll(flood), status => Assert.Equal(401, status));
        }
        Assert.Equal(5, Authority.KeyFetches);
        Assert.Equal(202, await _host.SendAsync());
    }

    [Fact]
    public async Task While_the_authority_is_down_known_keys_go_on_for_some_days()
    {
        Assert.Equal(202, await _host.SendAsync());
        Authority.IsDown = true;
        _host.Time.Advance(SigningKeys.Fresh + TimeSpan.FromMinutes(1));
        Assert.Equal(202, await _host.SendAsync());
        await _host.Log.WhenAsync("could not be fetched");
        Assert.Equal(401, await _host.SendAsync(token => token with { Kid = "made-up" }));
        _host.Time.Advance(SigningKeys.Longest);
        Assert.Equal(503, await _host.SendAsync());
        Authority.IsDown = false;
        _host.Time.Advance(SigningKeys.Pause);
        Assert.Equal(202, await _host.SendAsync());
    }

    [Fact]
    public async Task Keys_of_a_day_ago_are_fetched_anew_without_making_anybody_wait()
    {
        Assert.Equal(202, await _host.SendAsync());
        _host.Time.Advance(SigningKeys.Fresh + TimeSpan.FromMinutes(1));
        var gate = new TaskCompletionSource();
        Authority.Gate = gate.Task;
        Authority.Publish("msteams");
        Assert.Equal(202, await _host.SendAsync());
        Assert.Equal(1, Authority.KeyFetches);
        gate.SetResult();
        await _host.Log.WhenAsync("Fetched 2 keys");
    }

    [Fact]
    public async Task Without_any_keys_nobody_is_let_in_and_nobody_is_called_a_forger()
    {
        Authority.IsDown = true;
        Assert.Equal(503, await _host.SendAsync());
        Assert.Contains(": NoKeys, 503", Assert.Single(_host.Refusals));
        Authority.IsDown = false;
        _host.Time.Advance(SigningKeys.Pause);
        Assert.Equal(202, await _host.SendAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[7,{"kid":"a"},{"kid":"b","kty":"EC"},{"kid":"c","kty":"RSA","n":"*","e":"AQAB"}]}""")]
    public async Task A_document_without_keys_does_not_replace_one_that_had_some(string document)
    {
        Assert.Equal(202, await _host.SendAsync());
        Authority.KeysInstead = document;
        _host.Time.Advance(SigningKeys.Pause);
        Assert.Equal(401, await _host.SendAsync(token => token with { Kid = "made-up" }));
        Assert.Equal(2, Authority.KeyFetches);
        Assert.Equal(202, await _host.SendAsync());
    }

    [Fact]
    public async Task A_document_of_many_megabytes_is_not_read()
    {
        Authority.KeysInstead = $$"""{"pad":"{{new string('x', 3_000_000)}}"}""";
        Assert.Equal(503, await _host.SendAsync());
        await _host.Log.WhenAsync("could not be fetched");
    }

    private async Task<int> SendAsync(string token)
    {
        using var answer = await _host.PostAsync(token, TeamsHost.Activity().ToJsonString());
        return (int)answer.StatusCode;
    }
}
