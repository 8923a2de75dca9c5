using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LastAccessedBot.Tests.Surfaces.Slack.Types;

/// <summary>Slack's own types, as TypeScript's compiler holds documents against them; tests that need them are skipped where they aren't installed.</summary>
internal static class SlackTypes
{
    // Views are typed in the package with blocks of any kind; of ours, every block is a known one.
    private const string Prelude =
        """
        import type { HomeView, KnownBlock, ModalView } from "@slack/types";
        type Known<View> = Omit<View, "blocks"> & { blocks: KnownBlock[] };
        interface Message { text: string; blocks: KnownBlock[] }
        """;

    private static readonly string s_folder = Repository.File("tests/LastAccessedBot.Tests/Surfaces/Slack/Types");

    /// <summary>What the compiler says against the documents, each fault starting with the name of its document; nothing where all is well.</summary>
    /// <param name="documents">Name → a message, a view, or an array of views.</param>
    public static async Task<string[]> FaultsAsync(IEnumerable<KeyValuePair<string, JsonNode>> documents)
    {
        var packages = Path.Combine(s_folder, "node_modules");
        if (!Directory.Exists(packages)) Assert.Skip($"Slack's types are not installed: npm ci --ignore-scripts in {Path.GetRelativePath(Repository.Root, s_folder)}");
        var work = Directory.CreateTempSubdirectory("slack-types-");
        try
        {
            var files = new JsonArray();
            foreach (var (name, document) in documents)
            {
                await File.WriteAllTextAsync(Path.Combine(work.FullName, $"{name}.ts"), $"{Prelude}\nexport const sent: {TypeOf(document)} = {document.ToJsonString()};\n");
                files.Add($"{name}.ts");
            }
            var project = new JsonObject
            {
                ["compilerOptions"] = new JsonObject
                {
                    ["strict"] = true,
                    ["noEmit"] = true,
                    ["skipLibCheck"] = true,
                    ["target"] = "es2022",
                    ["module"] = "esnext",
                    ["moduleResolution"] = "bundler",
                    ["lib"] = new JsonArray("es2022"),
                    ["types"] = new JsonArray(),
                    ["paths"] = new JsonObject { ["@slack/types"] = new JsonArray(Path.Combine(packages, "@slack", "types")) },
                },
                ["files"] = files,
            };
            await File.WriteAllTextAsync(Path.Combine(work.FullName, "tsconfig.json"), project.ToJsonString());
            return await CompileAsync(Path.Combine(packages, "typescript", "bin", "tsc"), work.FullName);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static string TypeOf(JsonNode document) => document switch
    {
        JsonArray views => $"[{string.Join(", ", views.Select(view => TypeOf(view!)))}]",
        _ => document["type"]?.GetValue<string>() switch
        {
            "modal" => "Known<ModalView>",
            "home" => "Known<HomeView>",
            _ => "Message",
        },
    };

    private static async Task<string[]> CompileAsync(string compiler, string folder)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("node", [compiler, "--project", folder, "--pretty", "false"]) { RedirectStandardOutput = true, WorkingDirectory = folder })!;
            var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var faults = said.Split('\n').Where(line => line.Contains("error TS", StringComparison.Ordinal)).ToArray();
            Assert.True(process.ExitCode == 0 == (faults.Length == 0), $"The compiler ended with {process.ExitCode} and said: {said}");
            return faults;
        }
        catch (Win32Exception)
        {
            Assert.Skip("node is not installed here");
            throw;
        }
    }
}
