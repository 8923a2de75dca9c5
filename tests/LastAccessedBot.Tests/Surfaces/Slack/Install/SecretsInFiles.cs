using System.Text;

namespace LastAccessedBot.Tests.Surfaces.Slack.Install;

/// <summary>Files as they lie on the disk.</summary>
internal static class SecretsInFiles
{
    /// <summary>All bytes of a file, whoever has it open, as a text in which ASCII can be searched for.</summary>
    public static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        return reader.ReadToEnd();
    }
}
