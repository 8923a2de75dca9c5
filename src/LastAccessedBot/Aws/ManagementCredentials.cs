using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using LastAccessedBot.Aws.Wire;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Aws;

/// <summary>What calls about the organization are signed with.</summary>
internal sealed class ManagementCredentials(IOptions<AwsOptions> options, IAmazonSecurityTokenService tokens)
{
    /// <summary><c>null</c>: those of the SDK's chain, as for everything else.</summary>
    public AWSCredentials? Value { get; } = options.Value switch
    {
        { Organization.RoleArn: { } role } aws => new AssumedRole(tokens, role, aws.Organization.ExternalId),
        { Mode: AwsMode.Sandbox } => new BasicAWSCredentials("management", "management"),
        _ => null,
    };

    /// <summary>
    /// A role's temporary credentials, renewed before they end. The session's name stays, so that a report job that was begun with the old ones is
    /// read with the new ones.
    /// </summary>
    private sealed class AssumedRole : RefreshingAWSCredentials
    {
        private readonly IAmazonSecurityTokenService tokens;
        private readonly AssumeRoleRequest request;

        public AssumedRole(IAmazonSecurityTokenService tokens, string roleArn, string? externalId)
        {
            this.tokens = tokens;
            request = new AssumeRoleRequest { RoleArn = roleArn, ExternalId = externalId, RoleSessionName = "LastAccessedBot" };
            PreemptExpiryTime = TimeSpan.FromMinutes(10);
        }

        protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

        protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
        {
            try
            {
                var credentials = (await tokens.AssumeRoleAsync(request)).Credentials;
                return new CredentialsRefreshState(credentials.GetCredentials(), credentials.Expiration!.Value.ToUniversalTime());
            }
            catch (AmazonClientException failed)
            {
                throw WireFailure.OfRead("STS.AssumeRole", failed);
            }
            catch (AmazonServiceException refused)
            {
                throw WireFailure.OfRead("STS.AssumeRole", refused);
            }
        }
    }
}
