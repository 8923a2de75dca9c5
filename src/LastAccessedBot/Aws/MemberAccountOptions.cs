using LastAccessedBot.Core.Account;

namespace LastAccessedBot.Aws;

/// <summary>One of the settings <c>Aws:Accounts</c>: an account beside the home account.</summary>
public sealed class MemberAccountOptions
{
    /// <summary>What people type after <c>in</c>: one word of letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its twelve digits.</summary>
    public string Id { get; set; } = "";

    /// <summary>The role in it that the bot assumes with its own credentials.</summary>
    public string RoleArn { get; set; } = "";

    /// <summary>What the role's trust policy asks for besides.</summary>
    public string ExternalId { get; set; } = "";

    internal AccountRef Ref => new(Name, Id);

    internal static bool IsName(string name) => name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-') && !IsId(name);

    private static bool IsId(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);

    /// <param name="setting">Like <c>Aws:Accounts:0</c>.</param>
    internal IEnumerable<string> Faults(string setting)
    {
        if (!IsName(Name)) yield return $"{setting}:Name is `{Name}`; write one word of letters, digits, `.`, `_` and `-`, such as `staging`.";
        if (!IsId(Id)) yield return $"{setting}:Id is `{Id}`; write the account's twelve digits.";
        if (RoleArn.Split(':') is not ["arn", _, "iam", "", var account, var role] || !role.StartsWith("role/", StringComparison.Ordinal)) yield return $"{setting}:RoleArn is `{RoleArn}`; write the whole ARN of a role, like `arn:aws:iam::222233334444:role/last-accessed-bot/LastAccessedBotMember`.";
        else if (account != Id) yield return $"{setting}:RoleArn is of account `{account}`, and {setting}:Id is `{Id}`; write a role of that account.";
        if (ExternalId.Length == 0) yield return $"{setting}:ExternalId is missing; write what the role's trust policy asks for, as `member-account.yaml` made it.";
    }
}
