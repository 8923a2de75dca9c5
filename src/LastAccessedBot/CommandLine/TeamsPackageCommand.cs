using System.CommandLine;
using System.IO.Compression;
using System.Text;
using LastAccessedBot.Core;

namespace LastAccessedBot.CommandLine;

/// <summary><c>teams-package</c>: the app as Teams takes it for an upload: a zip of the manifest, with the bot's own ids in it, and the icons.</summary>
public static class TeamsPackageCommand
{
    // What stands in the manifest where the bot's own are to stand.
    private const string AnyAppId = "00000000-0000-0000-0000-000000000000", AnyHost = "bot.example.com";

    private const string Manifest = "manifest.json", Usual = "last-accessed-bot.zip";

    private static readonly string[] s_files = [Manifest, "color.png", "outline.png"];

    // The same package for the same arguments, byte for byte.
    private static readonly DateTimeOffset s_written = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Command Build()
    {
        var appId = new Option<string>("--app-id") { Description = "The bot's Microsoft App ID, a GUID", Required = true };
        var host = new Option<string>("--host") { Description = "The bot's public host", DefaultValueFactory = _ => AnyHost };
        var output = new Option<string>("--output", "-o") { Description = "The file to write", DefaultValueFactory = _ => Usual };
        var command = new Command("teams-package", "Pack the Teams app, to be uploaded to Teams") { appId, host, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (id, name, file) = (parsed.GetValue(appId)!, parsed.GetValue(host)!, parsed.GetValue(output)!);
            if (!Guid.TryParseExact(id, "D", out var app) || app == Guid.Empty)
                return Exit.With(Exit.Misused, new Refusal($"`{id}` is not an app id, which is a GUID", "copy the Microsoft App ID from the Azure Bot's page Configuration"));
            if (Uri.CheckHostName(name) != UriHostNameType.Dns || !name.Contains('.', StringComparison.Ordinal))
                return Exit.With(Exit.Misused, new Refusal($"`{name}` is not the public name of a host", $"write it without `https://` and without a path, such as `{AnyHost}`"));
            try
            {
                await File.WriteAllBytesAsync(file, Pack(app.ToString("D"), name), cancellation);
            }
            catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
            {
                return Exit.With(Exit.Misused, new Refusal($"`{file}` cannot be written: {unwritable.Message}"));
            }
            Console.Out.WriteLine(file);
            return 0;
        });
        return command;
    }

    private static byte[] Pack(string appId, string host)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in s_files)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = s_written;
                using var content = entry.Open();
                content.Write(name == Manifest ? Filled(Read(name), appId, host) : Read(name));
            }
        }
        return bytes.ToArray();
    }

    private static byte[] Filled(byte[] manifest, string appId, string host) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(manifest).Replace(AnyAppId, appId, StringComparison.Ordinal).Replace(AnyHost, host, StringComparison.Ordinal));

    /// <summary>A file of <c>manifests/teams</c>, as it was when the bot was built.</summary>
    private static byte[] Read(string name)
    {
        using var resource = typeof(TeamsPackageCommand).Assembly.GetManifestResourceStream($"teams/{name}")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
