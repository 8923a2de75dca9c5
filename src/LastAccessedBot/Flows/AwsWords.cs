using LastAccessedBot.Core;

namespace LastAccessedBot.Flows;

/// <summary>AWS's refusals in words for chat: its own code, message and request id are carried along.</summary>
public static class AwsWords
{
    public static Refusal Of(AwsRefusedException refused)
    {
        var request = refused.RequestId is { } id ? $" (request `{id}`)" : "";
        return refused.Code is "AccessDenied" or "AccessDeniedException"
            ? new Refusal($"The bot itself may not do `{refused.Operation.Replace("IAM.", "iam:", StringComparison.Ordinal).Replace("AccessAnalyzer.", "access-analyzer:", StringComparison.Ordinal)}`: {refused.AwsMessage}{request}", "let the bot's role have that action, then retry")
            : new Refusal($"AWS refused `{refused.Operation}`: `{refused.Code}`: {refused.AwsMessage}{request}");
    }
}
