using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace LastAccessedBot.Tests.Surfaces.Teams.Package;

/// <summary>The <c>teams-package</c> command as a process, as people run it.</summary>
public sealed class TeamsPackageTests : IDisposable
{
    private const string App = "6d1ad1b6-0a5b-4a0e-9a43-3f5c2d7be001";

    private readonly string _folder = Directory.CreateTempSubdirectory("last-accessed-bot-package-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_package_holds_the_icons_and_the_manifest_with_the_bots_own_ids()
    {
        Assert.Equal((0, "bot.zip", ""), await RunAsync("--app-id", App.ToUpperInvariant(), "--host", "bot.contoso.com", "-o", "bot.zip"));
        using var zip = ZipFile.OpenRead(Path.Combine(_folder, "bot.zip"));
        Assert.Equal(["manifest.json", "color.png", "outline.png"], zip.Entries.Select(entry => entry.FullName));
        foreach (var icon in new[] { "color.png", "outline.png" }) Assert.Equal(await File.ReadAllBytesAsync(Repository.File($"manifests/teams/{icon}"), TestContext.Current.CancellationToken), Bytes(zip, icon));
        var text = System.Text.Encoding.UTF8.GetString(Bytes(zip, "manifest.json"));
        Assert.DoesNotContain("00000000", text);
        Assert.DoesNotContain("example.com", text);
        var manifest = JsonNode.Parse(text)!;
        Assert.Equal([App, App, App], new[] { manifest["id"], manifest["bots"]![0]!["botId"], manifest["webApplicationInfo"]!["id"] }.Select(id => id!.GetValue<string>()));
        Assert.Equal("bot.contoso.com", Assert.Single(manifest["validDomains"]!.AsArray())!.GetValue<string>());
        Assert.Empty(await ManifestSchema.FaultsAsync(text));
    }

    [Fact]
    public async Task The_host_may_be_left_out_and_the_same_is_packed_the_same()
    {
        Assert.Equal((0, "last-accessed-bot.zip", ""), await RunAsync("--app-id", App));
        Assert.Equal((0, "again.zip", ""), await RunAsync("--app-id", App, "--output", "again.zip"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "last-accessed-bot.zip")), File.ReadAllBytes(Path.Combine(_folder, "again.zip")));
    }

    [Theory]
    [InlineData("`sweep` is not an app id", "--app-id", "sweep")]
    [InlineData("is not an app id", "--app-id", "00000000-0000-0000-0000-000000000000")]
    [InlineData("is not an app id", "--app-id", "{6d1ad1b6-0a5b-4a0e-9a43-3f5c2d7be001}")]
    [InlineData("`https://bot.contoso.com` is not the public name of a host", "--app-id", App, "--host", "https://bot.contoso.com")]
    [InlineData("`localhost` is not the public name of a host", "--app-id", App, "--host", "localhost")]
    [InlineData("cannot be written", "--app-id", App, "-o", "no/such/folder.zip")]
    [InlineData("'--app-id' is required")]
    [InlineData("sideways", "--app-id", App, "--sideways")]
    public async Task What_cannot_be_meant_ends_with_exit_code_2_and_the_reason(string reason, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(2, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    private static byte[] Bytes(ZipArchive zip, string name)
    {
        using var content = zip.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LastAccessedBot.dll"), "teams-package", .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output).TrimEnd(), await error);
    }
}
