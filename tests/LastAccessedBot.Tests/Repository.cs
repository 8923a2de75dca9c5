namespace LastAccessedBot.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(new DirectoryInfo(AppContext.BaseDirectory));

    public static string File(string path) => Path.Combine(Root, path);

    private static string Above(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("The tests do not run inside the repository.")
        : System.IO.File.Exists(Path.Combine(folder.FullName, "LastAccessedBot.sln")) ? folder.FullName
        : Above(folder.Parent);
}
