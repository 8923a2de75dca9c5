using LastAccessedBot.Core.Account;

namespace LastAccessedBot.Aws;

/// <summary>The settings of section <c>Aws:Organization</c>: AWS answers about an organization to its management account only, or to a delegated administrator.</summary>
public sealed class OrganizationOptions
{
    /// <summary>
    /// The role of the management account that the bot assumes with its own credentials. When left out: the bot's own credentials in Live, the
    /// management account's key pair in Sandbox.
    /// </summary>
    public string? RoleArn { get; set; }

    /// <summary>What the role's trust policy asks for besides, if it does.</summary>
    public string? ExternalId { get; set; }

    /// <summary>How many characters an SCP may have. AWS moves this quota now and then.</summary>
    public int ScpCharacters { get; set; } = 10_240;

    /// <summary>How many SCPs may be attached to one root, unit or account. AWS moves this quota now and then.</summary>
    public int ScpsPerTarget { get; set; } = 10;

    internal ScpLimits Limits => new(ScpCharacters, ScpsPerTarget);

    internal IEnumerable<string> Faults()
    {
        if (RoleArn is not null && (!RoleArn.StartsWith("arn:", StringComparison.Ordinal) || !RoleArn.Contains(":role/", StringComparison.Ordinal)))
            yield return $"Aws:Organization:RoleArn is `{RoleArn}`; write the whole ARN of a role, like `arn:aws:iam::111122223333:role/last-accessed-bot`, or leave it out.";
        if (ExternalId is not null && RoleArn is null)
            yield return "Aws:Organization:ExternalId goes with Aws:Organization:RoleArn; set both, or leave it out.";
        if (ScpCharacters < 1 || ScpsPerTarget < 1)
            yield return "Aws:Organization:ScpCharacters and Aws:Organization:ScpsPerTarget are numbers of 1 or more.";
    }
}
