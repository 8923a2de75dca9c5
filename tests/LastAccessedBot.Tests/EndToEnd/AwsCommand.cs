using System.ComponentModel;
using System.Diagnostics;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>The stock <c>aws</c> command: it shares no line with the bot or with the sandbox, and reads none of the machine's own settings.</summary>
internal static class AwsCommand
{
    public const string NotInstalled = "The aws command line is not installed here";

    /// <summary>What it says, as JSON; null where it is not installed. Each call takes about a second.</summary>
    /// <param name="key">The access key, and its secret.</param>
    public static Task<string?> SayAsync(Uri endpoint, string key, params string[] arguments) => SayAsync(endpoint, key, key, null, arguments);

    /// <summary>The same with a session's keys.</summary>
    public static async Task<string?> SayAsync(Uri endpoint, string key, string secret, string? token, string[] arguments)
    {
        var start = new ProcessStartInfo("aws", ["--endpoint-url", endpoint.ToString(), "--output", "json", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AWS_ACCESS_KEY_ID"] = key,
                ["AWS_SECRET_ACCESS_KEY"] = secret,
                ["AWS_SESSION_TOKEN"] = token,
                ["AWS_DEFAULT_REGION"] = "us-east-1",
                ["AWS_CONFIG_FILE"] = "/dev/null",
                ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            },
        };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, await error);
            return output;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
