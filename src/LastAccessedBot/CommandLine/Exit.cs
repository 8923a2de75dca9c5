using LastAccessedBot.Core;

namespace LastAccessedBot.CommandLine;

/// <summary>How a command ends that did not do what it was asked for: with a code for scripts, and the reason on standard error for people.</summary>
public static class Exit
{
    /// <summary>The exit code when a policy cannot be narrowed.</summary>
    public const int Refused = 3;

    /// <summary>The exit code when the arguments or the file cannot be used.</summary>
    public const int Misused = 2;

    /// <summary>The exit code when what was to be downloaded did not come whole.</summary>
    public const int Unreachable = 4;

    internal static int With(int code, Refusal why)
    {
        Console.Error.WriteLine(why);
        return code;
    }
}
