using System.Net;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Flows;

/// <summary>What AWS said, as a chat user reads it.</summary>
public sealed class AwsWordsTests
{
    [Theory]
    [InlineData("User: arn:aws:iam::123456789012:user/bot is not authorized on resource: arn:aws:iam::123456789012:group/app-dev, because.", "User: `arn:aws:iam::123456789012:user/bot` is not authorized on resource: `arn:aws:iam::123456789012:group/app-dev`, because.")]
    [InlineData("Policy arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess.", "Policy `arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess`.")]
    [InlineData("The `role` (arn:aws:iam::123456789012:role/a.b) is \"arn:aws:iam::123456789012:role/c\"", "The 'role' (`arn:aws:iam::123456789012:role/a.b`) is \"`arn:aws:iam::123456789012:role/c`\"")]
    [InlineData("Rate exceeded", "Rate exceeded")]
    public void Whom_AWS_names_stands_out_as_a_name(string said, string read)
    {
        Assert.Equal($"AWS refused `IAM.GetUser`: `Nothing`: {read}", AwsWords.Of(new AwsRefusedException("IAM.GetUser", "Nothing", said, null, HttpStatusCode.BadRequest)).Message);
        Assert.StartsWith($"The bot itself may not do `iam:GetUser`: {read}", AwsWords.Of(new AwsRefusedException("IAM.GetUser", "AccessDenied", said, null, HttpStatusCode.Forbidden)).Message, StringComparison.Ordinal);
    }
}
