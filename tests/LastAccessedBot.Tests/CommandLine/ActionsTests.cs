using System.Diagnostics;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Sandbox.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Tests.CommandLine;

/// <summary>The <c>actions refresh</c> command as a process, against a server that publishes as AWS does.</summary>
public sealed class ActionsTests : IAsyncLifetime
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "aws-actions.txt");
    private readonly Dictionary<string, string> _documents = new(StringComparer.Ordinal);
    private WebApplication _server = null!;

    private string Address => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async http =>
        {
            if (_documents.TryGetValue(http.Request.Path, out var document)) await http.Response.WriteAsync(document);
            else http.Response.StatusCode = 404;
        });
        await _server.StartAsync();
        _documents["/"] = $$"""[{"service":"s3","url":"{{Address}}v1/s3/s3.json"},{"service":"kms","url":"{{Address}}v1/kms/kms.json"}]""";
        _documents["/v1/s3/s3.json"] = """{"Name":"s3","Version":"v1.4","Actions":[{"Name":"GetObject","Annotations":{"Properties":{"IsList":false,"IsWrite":false}}},{"Name":"ListBucket"}],"Resources":[]}""";
        _documents["/v1/kms/kms.json"] = """{"Name":"kms","Actions":[{"Name":"Decrypt"}]}""";
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_file_is_written_anew_with_its_day_and_source()
    {
        var (code, output, error) = await RunAsync("actions", "refresh", "--from", Address, "--to", _file);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("3 actions of 2 services", output, StringComparison.Ordinal);
        var list = Assert.IsType<Parsed<PublishedActions>.Ok>(PublishedActions.Read(await File.ReadAllTextAsync(_file))).Value;
        Assert.Equal(["GetObject", "ListBucket"], list.Services.Single(pair => pair.Key.Value == "s3").Value);
        Assert.InRange(list.AgeInDays(TimeProvider.System.GetUtcNow()), 0, 1);
        Assert.Contains(Address, list.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/kms/kms.json", null, "kms.json` did not answer")]
    [InlineData("/v1/kms/kms.json", "<html>", "kms.json` is not JSON")]
    [InlineData("/v1/kms/kms.json", """{"Service":"kms"}""", "kms.json` does not look like")]
    [InlineData("/v1/kms/kms.json", """{"Name":"kms","Actions":[{"Name":"kms:*"}]}""", "kms.json` holds what is no action")]
    [InlineData("/", "{}", "does not look like a list")]
    [InlineData("/", "[]", "names no service")]
    [InlineData("/", """[{"service":"s3","url":"http://elsewhere.invalid/s3.json"}]""", "points elsewhere")]
    public async Task What_does_not_come_whole_leaves_the_file_as_it_is(string path, string? document, string why)
    {
        await File.WriteAllTextAsync(_file, "as it was");
        if (document is null) _documents.Remove(path);
        else _documents[path] = document;
        var (code, _, error) = await RunAsync("actions", "refresh", "--from", Address, "--to", _file);
        Assert.Equal(4, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Equal("as it was", await File.ReadAllTextAsync(_file));
        Assert.Equal([_file], Directory.GetFiles(Path.GetDirectoryName(_file)!));
    }

    [Theory]
    [InlineData("--from", "nowhere")]
    [InlineData("--sideways", "x")]
    public async Task What_cannot_be_meant_ends_with_exit_code_2(string option, string value) =>
        Assert.Equal(2, (await RunAsync("actions", "refresh", option, value, "--to", _file)).Code);

    [Fact]
    public async Task The_list_that_the_bot_is_built_with_reads_and_knows_the_services_that_reports_track()
    {
        var list = Assert.IsType<Parsed<PublishedActions>.Ok>(PublishedActions.Read(await File.ReadAllTextAsync(Repository.File("src/LastAccessedBot/aws-actions.txt")))).Value;
        Assert.True(list.Services.Count > 400);
        Assert.All(ServiceCatalog.Default.TrackedActions.Keys, service => Assert.NotEmpty(list.Services.Single(pair => pair.Key.Value == service).Value));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LastAccessedBot.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
