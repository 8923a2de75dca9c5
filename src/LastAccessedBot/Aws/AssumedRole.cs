using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Aws;

/// <summary>
/// A role's temporary credentials, renewed before they end. The session's name stays, so that a report job that was begun with the old ones is
/// read with the new ones.
/// </summary>
internal sealed class AssumedRole : RefreshingAWSCredentials
{
    private readonly IAmazonSecurityTokenService tokens;
    private readonly AssumeRoleRequest request;
    private readonly string check;

    /// <param name="check">What to look at where AWS does not give the role, as a clause.</param>
    public AssumedRole(IAmazonSecurityTokenService tokens, string roleArn, string? externalId, string check)
    {
        this.tokens = tokens;
        this.check = check;
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
            throw WireFailure.OfRead("STS.AssumeRole", refused) is AwsRefusedException why
                ? new AwsRefusedException(why.Operation, why.Code, why.AwsMessage, why.RequestId, why.StatusCode, refused) { Check = check }
                : WireFailure.OfRead("STS.AssumeRole", refused);
        }
    }
}
