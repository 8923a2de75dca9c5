using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LastAccessedBot.Surfaces.Console;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Tests.Surfaces.Console;

public sealed class ConsoleGateTests
{
    private const string Line = """{"user":"paulo","text":"/unused help"}""";

    [Theory]
    [InlineData("""{"user":"mallory","text":"hi"}""", 400, "has this `user` id")]
    [InlineData("""{"text":"hi"}""", 400, "`user` is missing")]
    [InlineData("""{"user":"paulo"}""", 400, "`text` is missing")]
    [InlineData("""{"user":"paulo","text":"  "}""", 400, "`text` is missing")]
    [InlineData("""{"user":"paulo","text":"hi","conversation":"../x"}""", 400, "`conversation` must be")]
    [InlineData("""{"user":"paulo","text":""", 400, "not the JSON object")]
    [InlineData("""{"user":["paulo"],"text":"hi"}""", 400, "not the JSON object")]
    [InlineData("""[]""", 400, "not the JSON object")]
    [InlineData("null", 400, "must be a JSON object")]
    [InlineData("", 400, "not the JSON object")]
    public async Task A_line_that_makes_no_sense_is_refused_with_a_sentence(string body, int status, string sentence)
    {
        await using var host = await ConsoleHost.StartAsync();
        await RefusedAsync(await host.PostRawAsync("/api/console/messages", body), status, sentence);
    }

    [Fact]
    public async Task Text_may_have_2_000_characters_and_not_one_more()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.SayAsync("paulo", new string('x', 2_000));
        await RefusedAsync(await host.Client.PostAsJsonAsync("/api/console/messages", new { user = "paulo", text = new string('x', 2_001) }), 400, "2,000 is the limit");
    }

    [Fact]
    public async Task A_body_over_64_KB_is_refused()
    {
        await using var host = await ConsoleHost.StartAsync();
        await RefusedAsync(await host.PostRawAsync("/api/console/messages", $$"""{"user":"paulo","text":"{{new string('x', 70_000)}}"}"""), 413, "larger than 64 KB");
    }

    [Theory]
    [InlineData("""{"user":"paulo","message":"8c0e9c0e-0000-0000-0000-000000000000","choice":"x"}""", 404, "no message of the bot")]
    [InlineData("""{"user":"paulo","choice":"x"}""", 404, "no message of the bot")]
    [InlineData("""{"user":"paulo","message":"m"}""", 400, "`choice` must be")]
    [InlineData("""{"user":"mallory","message":"m","choice":"x"}""", 400, "has this `user` id")]
    public async Task A_press_on_nothing_is_refused_with_a_sentence(string body, int status, string sentence)
    {
        await using var host = await ConsoleHost.StartAsync();
        await RefusedAsync(await host.PostRawAsync("/api/console/actions", body), status, sentence);
    }

    [Fact]
    public async Task A_message_for_one_person_cannot_be_pressed_by_another()
    {
        await using var host = await ConsoleHost.StartAsync();
        var only = (await host.SayAsync("paulo", "/unused secret")).GetProperty("messages")[1].GetProperty("id").GetString();
        await RefusedAsync(await host.Client.PostAsJsonAsync("/api/console/actions", new { user = "nikki", message = only, choice = "x" }), 404, "no message of the bot");
    }

    [Fact]
    public async Task A_bot_that_breaks_is_a_500_with_a_sentence_and_without_its_reason()
    {
        await using var host = await ConsoleHost.StartAsync();
        var response = await host.PostRawAsync("/api/console/messages", """{"user":"paulo","text":"/unused break"}""");
        Assert.DoesNotContain("scripted", await response.Content.ReadAsStringAsync());
        await RefusedAsync(response, 500, "could not answer");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Only_JSON_is_taken(string contentType)
    {
        await using var host = await ConsoleHost.StartAsync();
        await RefusedAsync(await host.PostRawAsync("/api/console/messages", Line, contentType), 415, "Send JSON");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/console/people")]
    [InlineData("/_blazor")]
    public async Task A_rebound_host_name_is_refused_everywhere(string path)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = $"evil.example:{host.Address.Port}";
        await RefusedAsync(await host.Client.SendAsync(request), 400, "answers only under localhost");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task This_machines_own_names_are_fine(string name)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/console/people");
        request.Headers.Host = $"{name}:{host.Address.Port}";
        Assert.Equal(HttpStatusCode.OK, (await host.Client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("/api/console/messages", "Origin", "https://evil.example")]
    [InlineData("/api/console/messages", "Origin", "null")]
    [InlineData("/api/console/messages", "Origin", "http://127.0.0.1:1")]
    [InlineData("/api/console/messages", "Sec-Fetch-Site", "cross-site")]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", "Origin", "https://evil.example")]
    public async Task A_page_of_another_site_gets_nothing(string path, string header, string value)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(Line, null, "application/json") };
        request.Headers.Add(header, value);
        await RefusedAsync(await host.Client.SendAsync(request), 403, "pages of other sites");
    }

    [Fact]
    public async Task The_consoles_own_page_may_post()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/console/messages") { Content = new StringContent(Line, null, "application/json") };
        request.Headers.Add("Origin", host.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.OK, (await host.Client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("192.0.2.7", 404)]
    [InlineData("::ffff:192.0.2.7", 404)]
    [InlineData(null, 404)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("::1", 200)]
    [InlineData("::ffff:127.0.0.1", 200)]
    public async Task Only_this_machine_reaches_the_console(string? remote, int status)
    {
        await using var host = await ConsoleHost.StartAsync();
        var http = new DefaultHttpContext { RequestServices = host.Services };
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new ConsoleGate()), "console"));
        http.Request.Host = new HostString("localhost");
        http.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        await ConsoleGate.EnforceAsync(http, _ => Task.CompletedTask);
        Assert.Equal(status, http.Response.StatusCode);
    }

    private static async Task RefusedAsync(HttpResponseMessage response, int status, string sentence)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(sentence, JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString());
    }
}
