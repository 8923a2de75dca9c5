using LastAccessedBot.Sandbox;
using Microsoft.Data.Sqlite;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>AWS's rate limits are shared with everybody in the account: within one command nothing is asked for twice.</summary>
public sealed class CallsTests
{
    [Theory]
    [InlineData("/unused group app-dev")]
    [InlineData("/unused group Development")]
    [InlineData("/unused user nikhilj")]
    [InlineData("/unused role image-resizer")]
    [InlineData("/unused policy ExamplePolicy1")]
    [InlineData("/unused policies")]
    [InlineData("/unused delete user wang-xiulan")]
    [InlineData("/unused delete role nightly-export")]
    [InlineData("/unused delete group contractors")]
    [InlineData("/unused delete policy Legacy-Reporting")]
    [InlineData("/unused convert role image-resizer")]
    [InlineData("/unused cap user terry-whitlock")]
    [InlineData("/unused members group Development")]
    [InlineData("/unused why user nikhilj iam")]
    [InlineData("/unused who group app-dev route53")]
    [InlineData("/unused ou Development 180d")]
    [InlineData("/unused ou ou-a1b2-exper001")]
    [InlineData("/unused account Shop")]
    [InlineData("/unused root")]
    public async Task No_call_is_repeated_within_a_command(string command)
    {
        await using var aws = await SandboxServer.StartAsync(SandboxAccount.Default(TimeProvider.System), new SandboxOptions { Port = 0, ReportTime = TimeSpan.Zero }, TimeProvider.System, CancellationToken.None);
        var folder = Directory.CreateTempSubdirectory("last-accessed-bot-calls-");
        var platform = new Platform();
        await using (var host = new MortalHost(Path.Combine(folder.FullName, "bot.db"), aws.Address, platform))
        {
            await host.PrepareAsync();
            await host.SayAsync("paulo", command);
            var again = aws.Calls.All
                .GroupBy(call => $"{call.Operation} {string.Join(' ', call.Parameters.Where(parameter => parameter.Key is not ("Action" or "Version")).Select(parameter => $"{parameter.Key}={parameter.Value}"))}")
                // A job that is not done is asked again: that is no repetition.
                .Where(same => same.Count() > 1 && !IsPoll(same.Key))
                .Select(same => $"{same.Count()} × {same.Key}");
            Assert.Empty(again);
            Assert.DoesNotContain("No answer", platform.Newest.Text());
        }
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private static bool IsPoll(string call) => call.StartsWith("iam:GetServiceLastAccessedDetails ", StringComparison.Ordinal) || call.StartsWith("iam:GetOrganizationsAccessReport ", StringComparison.Ordinal);
}
