using System.Text.Json.Serialization;

namespace LastAccessedBot.Core.Account;

/// <summary>An AWS account that the settings give a name.</summary>
/// <param name="Name">One word, as people type it after <c>in</c>.</param>
/// <param name="Id">Its twelve digits; null for the home account, which is the one that the bot's own credentials belong to.</param>
public sealed record AccountRef(string Name, string? Id)
{
    [JsonIgnore]
    public bool IsHome => Id is null;

    /// <summary>What follows a subject's words, so that things of one name in several accounts stay apart: <c> in staging</c>; nothing at home, so that words from before there were several mean what they meant.</summary>
    [JsonIgnore]
    public string Suffix => IsHome ? "" : $" in {Name}";
}
