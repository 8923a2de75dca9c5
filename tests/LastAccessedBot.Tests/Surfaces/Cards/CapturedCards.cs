using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Tests.Surfaces.Cards;

/// <summary>Cards as flows made them on the sandbox account, for every platform's renderer to show.</summary>
internal static class CapturedCards
{
    private static readonly string s_folder = Repository.File("tests/LastAccessedBot.Tests/Surfaces/Cards");

    public static string[] Names { get; } = [.. Directory.EnumerateFiles(s_folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static Card Read(string name) => CardJson.Read(File.ReadAllText(Path.Combine(s_folder, $"{name}.json")));
}
