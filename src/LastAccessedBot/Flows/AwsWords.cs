using System.Text.RegularExpressions;
using LastAccessedBot.Core;

namespace LastAccessedBot.Flows;

/// <summary>AWS's refusals in words for chat: its own code, message and request id are carried along.</summary>
public static partial class AwsWords
{
    /// <summary>Whatever kept AWS from doing what it was asked.</summary>
    public static Refusal Of(AwsFailureException failure) => failure is AwsRefusedException refused ? Of(refused) : new Refusal($"AWS did not answer: {failure.Message}", "try again in a minute");

    public static Refusal Of(AwsRefusedException refused)
    {
        var request = refused.RequestId is { } id ? $" (request `{id}`)" : "";
        return refused.Code switch
        {
            _ when refused.IsDenied => new Refusal($"The bot itself may not do `{ActionOf(refused.Operation)}`: {Quoted(refused.AwsMessage)}{request}",
                refused.Check is { } check ? check
                : IsOfOrganization(refused.Operation)
                    ? "it wants the organization's management account: let the role of `Aws:Organization:RoleArn` have that action there, then retry"
                    : "let the bot's role have that action, then retry"),
            "AWSOrganizationsNotInUseException" => new Refusal($"The account of the bot's credentials belongs to no organization{request}", "without one there are no units, no accounts and no SCPs to look into"),
            "PolicyTypeNotEnabledException" => new Refusal("Service control policies are switched off in this organization", "switch them on at the root first; until then AWS reports nothing about units and accounts"),
            _ => new Refusal($"AWS refused `{refused.Operation}`: `{refused.Code}`: {Quoted(refused.AwsMessage)}{request}"),
        };
    }

    // An ARN is a name like any other: bare, a chat takes `:aws:` in it for an emoji.
    private static string Quoted(string message) => Arn().Replace(message.Replace('`', '\''), "`$0`");

    [GeneratedRegex(@"\barn:aws[a-z-]*:[^\s'"",;]*[^\s'"",;.:)]")]
    private static partial Regex Arn();

    // As policies name it: `iam:GetUser` for IAM.GetUser.
    private static string ActionOf(string operation) => operation.Split('.') is [var service, var action]
        ? $"{service.Replace("AccessAnalyzer", "access-analyzer", StringComparison.Ordinal).ToLowerInvariant()}:{action}"
        : operation;

    private static bool IsOfOrganization(string operation) =>
        operation.StartsWith("Organizations.", StringComparison.Ordinal) || operation.Contains("OrganizationsAccessReport", StringComparison.Ordinal) || operation == "STS.AssumeRole";
}
