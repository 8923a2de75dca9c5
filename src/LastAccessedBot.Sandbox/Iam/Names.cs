using System.Text.RegularExpressions;
using LastAccessedBot.Sandbox.Wire;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>What IAM accepts as a name or a path.</summary>
internal static partial class Names
{
    public static string Check(string name) => Friendly().IsMatch(name) ? name : throw AwsException.Validation(
        "The specified value for the name is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");

    public static string Path(string? path) => path is null ? "/" : PathPattern().IsMatch(path) ? path : throw AwsException.Validation(
        "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.");

    [GeneratedRegex(@"^[\w+=,.@-]{1,128}\z", RegexOptions.ECMAScript)]
    private static partial Regex Friendly();

    [GeneratedRegex(@"^(/|/[!-~]+/)\z")]
    private static partial Regex PathPattern();
}
