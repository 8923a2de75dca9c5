using System.ComponentModel;
using System.Diagnostics;

namespace LastAccessedBot.Tests.Surfaces.Teams.Package;

/// <summary>Microsoft's own schema of the manifest; tests that need it are skipped where it isn't installed.</summary>
internal static class ManifestSchema
{
    private const string Script =
        """
        const fs = require("fs"), Ajv = require("ajv-draft-04");
        const [folder, file] = process.argv.slice(1);
        const manifest = JSON.parse(fs.readFileSync(file, "utf8"));
        const schema = JSON.parse(fs.readFileSync(`${folder}/@microsoft/app-manifest/build/json-schemas/teams/v${manifest.manifestVersion}/MicrosoftTeams.schema.json`, "utf8"));
        const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false, logger: false }).compile(schema);
        if (!validate(manifest)) for (const fault of validate.errors) console.log(`${fault.instancePath} ${fault.message}`);
        """;

    private static readonly string s_folder = Repository.File("tests/LastAccessedBot.Tests/Surfaces/Teams/Package");

    /// <summary>What is wrong with the manifest, each fault by its place; nothing where all is well.</summary>
    public static async Task<string[]> FaultsAsync(string manifest)
    {
        var packages = Path.Combine(s_folder, "node_modules");
        if (!Directory.Exists(packages)) Assert.Skip($"Teams' schemas are not installed: npm ci --ignore-scripts in {Path.GetRelativePath(Repository.Root, s_folder)}");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, manifest);
            using var process = Process.Start(new ProcessStartInfo("node", ["-e", Script, packages, file]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = s_folder })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, await error);
            return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Win32Exception)
        {
            Assert.Skip("node is not installed here");
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
