using System.Text.RegularExpressions;

namespace LastAccessedBot.Tests.House;

/// <summary>The actions that the bot's code asks AWS for, as its wire clients name them: those that read, and those that change.</summary>
internal static partial class CalledOperations
{
    /// <summary>What IAM asks for besides: creating with tags asks for the right to tag, and an instance profile is given its role by passing it.</summary>
    private static readonly Dictionary<string, string> s_besides = new()
    {
        ["iam:CreatePolicy"] = "iam:TagPolicy",
        ["iam:CreateRole"] = "iam:TagRole",
        ["iam:CreateUser"] = "iam:TagUser",
        ["iam:AddRoleToInstanceProfile"] = "iam:PassRole",
    };

    public static string[] HomeReads => [.. Of("iam", IamFiles, Read()), .. Of("cloudtrail", Files("CloudTrailClient*.cs"), Read()), .. Of("access-analyzer", Files("AccessAnalyzerClient*.cs"), Read())];

    public static string[] HomeWrites => [.. Of("iam", IamFiles, Change()).SelectMany(action => s_besides.TryGetValue(action, out var besides) ? [action, besides] : new[] { action })];

    public static string[] OrganizationReads => [.. Of("iam", Files("IamClient.Organization.cs"), Read()), .. Of("organizations", Files("OrganizationsClient*.cs"), Read())];

    public static string[] OrganizationWrites => [.. Of("organizations", Files("OrganizationsClient*.cs"), Change())];

    /// <summary>Methods of the wire clients that nobody calls: what they ask for would be allowed for nothing.</summary>
    public static string[] NeverCalled
    {
        get
        {
            var callers = string.Join('\n', Directory.EnumerateFiles(Repository.File("src/LastAccessedBot/Aws"), "*.cs").Select(File.ReadAllText));
            return [.. Files("*Client*.cs").SelectMany(file => Method().Matches(File.ReadAllText(file)).Select(method => method.Groups[1].Value)).Distinct().Where(method => !callers.Contains($".{method}(", StringComparison.Ordinal))];
        }
    }

    private static IEnumerable<string> IamFiles => Files("IamClient*.cs").Where(file => Path.GetFileName(file) != "IamClient.Organization.cs");

    private static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Repository.File("src/LastAccessedBot/Aws/Wire"), pattern);

    private static IEnumerable<string> Of(string service, IEnumerable<string> files, Regex calls) =>
        files.SelectMany(file => calls.Matches(File.ReadAllText(file)).Select(call => $"{service}:{call.Groups[1].Value}")).Distinct();

    [GeneratedRegex("""(?:ReadAsync|ListAsync|PagesAsync)\(\s*"(\w+)",""")]
    private static partial Regex Read();

    [GeneratedRegex("""ChangeAsync\(\s*"(\w+)",""")]
    private static partial Regex Change();

    [GeneratedRegex("""public (?:async )?Task\S* (?:\w+> )?(\w+Async)\(""")]
    private static partial Regex Method();
}
