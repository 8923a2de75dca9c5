using System.Runtime.CompilerServices;

namespace LastAccessedBot.Core.Tests.Approvals;

/// <summary>Compares a text with the file that a person looked at. A difference leaves the new text beside it, as <c>*.received.*</c>.</summary>
internal static class Snapshot
{
    public static void Matches(string name, string text, string extension = "txt", [CallerFilePath] string test = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(test)!, "Snapshots");
        var (seen, received) = (Path.Combine(folder, $"{name}.{extension}"), Path.Combine(folder, $"{name}.received.{extension}"));
        var expected = File.Exists(seen) ? File.ReadAllText(seen) : null;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }
        Directory.CreateDirectory(folder);
        File.WriteAllText(received, text);
        Assert.Fail($"The card is not as it was looked at. If it is right now, put `{Path.GetFileName(received)}` in the place of `{Path.GetFileName(seen)}`:\n{text}");
    }
}
