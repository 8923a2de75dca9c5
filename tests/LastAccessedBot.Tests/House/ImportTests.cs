using System.Text.RegularExpressions;

namespace LastAccessedBot.Tests.House;

/// <summary>Who may know whom in the host, and how long a file may be. The project boundary guards the core; this guards the rest.</summary>
public sealed partial class ImportTests
{
    private const int LongestFile = 300;

    private static readonly string[] s_adapters = ["Aws", "Commands", "Jobs", "Storage", "Surfaces"];

    [Fact]
    public void Flows_know_the_core_and_no_adapter() => Assert.Empty(Breaches("Flows", s_adapters));

    [Theory]
    [InlineData("Aws")]
    [InlineData("Commands")]
    [InlineData("Jobs")]
    [InlineData("Storage")]
    [InlineData("Surfaces")]
    public void Adapters_never_see_one_another(string room) => Assert.Empty(Breaches(room, [.. s_adapters.Where(other => other != room), "CommandLine"]));

    [Fact]
    public void Telemetry_knows_the_flows_and_no_adapter() => Assert.Empty(Breaches("Telemetry", [.. s_adapters, "CommandLine"]));

    [Fact]
    public void The_narrow_command_needs_the_core_alone() =>
        Assert.Empty(Breaches("CommandLine", ["Flows"]).Where(breach => !breach.StartsWith("AuditCommand.cs", StringComparison.Ordinal)).Concat(Breaches("CommandLine", s_adapters)));

    [Fact]
    public void Only_the_program_knows_the_sandbox() => Assert.DoesNotContain(
        Sources("src/LastAccessedBot").Where(file => Path.GetFileName(file) is not ("Program.cs" or "EmbeddedSandbox.cs")),
        file => Mention().Matches(File.ReadAllText(file)).Any(match => match.Groups["room"].Value == "Sandbox"));

    [Fact]
    public void The_core_and_the_sandbox_do_not_know_each_other()
    {
        Assert.DoesNotContain("ProjectReference", File.ReadAllText(Repository.File("src/LastAccessedBot.Core/LastAccessedBot.Core.csproj")), StringComparison.Ordinal);
        Assert.DoesNotContain("ProjectReference", File.ReadAllText(Repository.File("src/LastAccessedBot.Sandbox/LastAccessedBot.Sandbox.csproj")), StringComparison.Ordinal);
        Assert.All(typeof(Core.Refusal).Assembly.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_past_300_lines_hides_a_noun() =>
        Assert.DoesNotContain(Sources("src").Concat(Sources("tests")), file => File.ReadLines(file).Count() > LongestFile);

    [Fact]
    public void No_file_is_called_by_what_it_is_not() =>
        Assert.DoesNotContain(Sources("src"), file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file)));

    private static IEnumerable<string> Breaches(string room, IReadOnlyCollection<string> forbidden) => Sources($"src/LastAccessedBot/{room}")
        .SelectMany(file => Mention().Matches(File.ReadAllText(file))
            .Where(match => forbidden.Contains(match.Groups["room"].Value))
            .Select(match => $"{Path.GetFileName(file)}: {match.Value}"));

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Repository.File(folder), "*.*", SearchOption.AllDirectories)
        // Migrations are written by EF's tool, at whatever length.
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}Migrations{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"LastAccessedBot\.(?<room>[A-Z][A-Za-z]+)")]
    private static partial Regex Mention();

    [GeneratedRegex("(Manager|Helper|Helpers|Utils|Utilities|Common|Misc)$")]
    private static partial Regex VagueName();
}
