using Amazon.Runtime;
using Amazon.SecurityToken;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Aws;

/// <summary>What calls about the organization are signed with.</summary>
internal sealed class ManagementCredentials(IOptions<AwsOptions> options, IAmazonSecurityTokenService tokens)
{
    /// <summary><c>null</c>: those of the SDK's chain, as for everything else.</summary>
    public AWSCredentials? Value { get; } = options.Value switch
    {
        { Organization.RoleArn: { } role } aws => new AssumedRole(
            tokens, role, aws.Organization.ExternalId,
            $"let the role `{role}` of the setting `Aws:Organization:RoleArn` trust the bot's role with the external id of `Aws:Organization:ExternalId`, and let the bot's role assume it, then retry"),
        { Mode: AwsMode.Sandbox } => new BasicAWSCredentials("management", "management"),
        _ => null,
    };
}
