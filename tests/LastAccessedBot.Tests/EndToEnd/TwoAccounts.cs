namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>The settings with which the bot looks after the sandbox's second account, too.</summary>
internal static class TwoAccounts
{
    public const string ShopId = "666677778888", ShopRole = $"arn:aws:iam::{ShopId}:role/last-accessed-bot/LastAccessedBotMember", ShopExternalId = "shop-external-id";

    public static (string Name, string Value)[] Settings(string externalId = ShopExternalId) =>
    [
        ("Aws:AccountName", "production"),
        ("Aws:Accounts:0:Name", "shop"),
        ("Aws:Accounts:0:Id", ShopId),
        ("Aws:Accounts:0:RoleArn", ShopRole),
        ("Aws:Accounts:0:ExternalId", externalId),
    ];

    /// <summary>The same as environment variables.</summary>
    public static (string Name, string Value)[] Environment(string externalId = ShopExternalId) =>
        [.. Settings(externalId).Select(setting => (setting.Name.Replace(":", "__", StringComparison.Ordinal), setting.Value))];
}
