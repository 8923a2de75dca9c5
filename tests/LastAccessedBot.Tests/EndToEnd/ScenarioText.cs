using LastAccessedBot.Sandbox;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>The text of the sandbox's own scenario, and more of the same.</summary>
internal static class ScenarioText
{
    public static string Default { get; } = Read();

    /// <summary>The scenario with further entries in one of its parts.</summary>
    /// <param name="part"><c>groups</c>, <c>users</c>, <c>policies</c> …</param>
    /// <param name="entries">As <c>"name": { … }</c>.</param>
    public static string With(this string scenario, string part, IEnumerable<string> entries)
    {
        var opening = $"\"{part}\": {{";
        return scenario.Insert(scenario.IndexOf(opening, StringComparison.Ordinal) + opening.Length, string.Concat(entries.Select(entry => $"\n    {entry},")));
    }

    private static string Read()
    {
        using var scenario = new StreamReader(typeof(SandboxServer).Assembly.GetManifestResourceStream("scenario.json")!);
        return scenario.ReadToEnd();
    }
}
