using System.Text.Json;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;

namespace LastAccessedBot.Sandbox.Sts;

/// <summary>What a role's trust policy says about somebody who wants to assume it, as far as the sandbox looks.</summary>
internal static class Trust
{
    /// <param name="isOwn">The role is of the caller's own account: who is named there is not looked at.</param>
    public static bool Admits(PolicyText? policy, bool isOwn, Caller caller, string? externalId)
    {
        if (policy is null) return isOwn;
        using var document = JsonDocument.Parse(policy.Json);
        var statements = document.RootElement.GetProperty("Statement");
        JsonElement[] all = statements.ValueKind == JsonValueKind.Array ? [.. statements.EnumerateArray()] : [statements];
        return all.Any(statement => statement.GetProperty("Effect").GetString() == "Allow" && (isOwn || Names(statement, caller)) && Asked(statement) is var asked && (asked is null || asked == externalId));
    }

    private static bool Names(JsonElement statement, Caller caller)
    {
        if (!statement.TryGetProperty("Principal", out var principal) || principal.ValueKind != JsonValueKind.Object || !principal.TryGetProperty("AWS", out var aws)) return false;
        string?[] named = aws.ValueKind == JsonValueKind.Array ? [.. aws.EnumerateArray().Select(one => one.GetString())] : [aws.GetString()];
        return named.Any(one => one == caller.Arn || one == caller.AccountId || one == $"arn:aws:iam::{caller.AccountId}:root");
    }

    private static string? Asked(JsonElement statement) =>
        statement.TryGetProperty("Condition", out var condition) && condition.TryGetProperty("StringEquals", out var equals) && equals.TryGetProperty("sts:ExternalId", out var id) ? id.GetString() : null;
}
