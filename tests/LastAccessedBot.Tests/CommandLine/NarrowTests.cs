using System.Diagnostics;
using System.Text.Json;

namespace LastAccessedBot.Tests.CommandLine;

/// <summary>The <c>narrow</c> command as a process, as people and scripts run it.</summary>
public sealed class NarrowTests
{
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Sid":"Work","Effect":"Allow","Action":["s3:Get*","ec2:*"],"Resource":"*"}]}""";

    [Fact]
    public async Task The_document_comes_first_and_the_diff_after_it()
    {
        var (code, output, _) = await RunAsync(Policy, "narrow", "--keep", "s3,kms", "-");
        Assert.Equal(0, code);
        Assert.StartsWith("""{"Version":"2012-10-17","Statement":[{"Sid":"Work","Effect":"Allow","Action":["s3:Get*"],"Resource":"*"}]}""", output, StringComparison.Ordinal);
        Assert.Contains("-         \"ec2:*\"", output, StringComparison.Ordinal);
        Assert.Contains("Removed: ec2", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_read_and_json_is_one_object()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "policy.json");
        await File.WriteAllTextAsync(file, "\uFEFF" + Policy);
        var (code, output, _) = await RunAsync("", "narrow", "--keep", "ec2", "--json", file);
        Assert.Equal(0, code);
        Assert.Equal(["s3"], JsonDocument.Parse(output).RootElement.GetProperty("removedServices").EnumerateArray().Select(service => service.GetString()!));
    }

    [Theory]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"s3","Resource":"*"}]}""", "statement 1 names `s3` in `Action`")]
    [InlineData("""{"Statement":[{"Effect":"Allow","NotAction":"s3:Delete*","Resource":"*"}]}""", "statement 1 excludes with `NotAction` a part of `s3:*`")]
    [InlineData("nonsense", "not valid JSON")]
    public async Task Where_it_cannot_the_exit_code_is_3_and_the_reason_is_told(string policy, string reason)
    {
        var (code, output, error) = await RunAsync(policy, "narrow", "--keep", "s3", "-");
        Assert.Equal((3, ""), (code, output));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("narrow", "-")]
    [InlineData("narrow", "--keep", "s3")]
    [InlineData("narrow", "--keep", "s 3", "-")]
    [InlineData("narrow", "--keep", "s3", "--kind", "poster", "-")]
    [InlineData("narrow", "--keep", "s3", "no-such-file.json")]
    [InlineData("narrow", "--sideways")]
    public async Task What_cannot_be_meant_ends_with_exit_code_2(params string[] arguments) => Assert.Equal(2, (await RunAsync(Policy, arguments)).Code);

    [Fact]
    public async Task One_bad_line_of_a_batch_refuses_itself_alone()
    {
        string[] lines =
        [
            $$"""{"id":"a","original":{{Policy}},"keepServices":["s3"]}""",
            "not json",
            """{"id":7,"original":{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}},"keepServices":["s3"],"keepActions":{"s3":["GetObject"]}}""",
            $$"""{"id":"gone","original":{{Policy}},"keepServices":[]}""",
            """{"id":"bad","original":{"Statement":{"Effect":"Maybe"}},"keepServices":["s3"]}""",
            $$"""{"id":"odd","original":{{Policy}},"keepServices":"s3"}""",
        ];
        var (code, output, _) = await RunAsync(string.Join('\n', lines), "narrow", "--batch");
        Assert.Equal(0, code);
        Assert.Equal(
        [
            """{"id":"a","trimmed":{"Version":"2012-10-17","Statement":[{"Sid":"Work","Effect":"Allow","Action":["s3:Get*"],"Resource":"*"}]},"removedServices":["ec2"]}""",
            """{"trimmed":null,"removedServices":[],"refused":"the line is not valid JSON; write one JSON object a line"}""",
            """{"id":7,"trimmed":{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}},"removedServices":["*"]}""",
            """{"id":"gone","trimmed":null,"removedServices":["ec2","s3"]}""",
        ], output.Split('\n')[..4]);
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[4..], line => Assert.True(JsonDocument.Parse(line).RootElement.TryGetProperty("refused", out _)));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LastAccessedBot.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
