using System.Text.RegularExpressions;

namespace LastAccessedBot.Tests.House;

/// <summary>The roles that the templates make may do what the clients ask of AWS.</summary>
public sealed partial class RoleTests
{
    public static TheoryData<string, string> Clients => new()
    {
        { "IamClient*.cs", "iam" },
        { "OrganizationsClient*.cs", "organizations" },
        { "CloudTrailClient*.cs", "cloudtrail" },
        { "AccessAnalyzerClient*.cs", "access-analyzer" },
    };

    [Theory]
    [MemberData(nameof(Clients))]
    public void Every_operation_of_a_client_is_allowed_by_a_role(string files, string service)
    {
        var roles = string.Join('\n', Directory.EnumerateFiles(Repository.File("manifests/aws"), "*.yaml").Select(File.ReadAllText));
        var operations = Directory.EnumerateFiles(Repository.File("src/LastAccessedBot/Aws/Wire"), files).SelectMany(file => Called().Matches(File.ReadAllText(file)).Select(call => call.Groups[1].Value)).Distinct().ToArray();
        Assert.NotEmpty(operations);
        Assert.All(operations, operation => Assert.Matches($@"\b{service}:{operation}\s", roles));
    }

    [GeneratedRegex("""(?:ReadAsync|ChangeAsync|ListAsync|PagesAsync)\(\s*"(\w+)",""")]
    private static partial Regex Called();
}
