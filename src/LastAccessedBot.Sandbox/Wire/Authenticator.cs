using System.Globalization;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>Finds out who signed a request, and refuses what AWS refuses.</summary>
internal sealed class Authenticator(SandboxAccount account, SessionStore sessions)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    public Caller Authenticate(SignedRequest? request)
    {
        if (request is null)
            throw new AwsException("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
        var (secret, arn) = Find(request);
        if (!DateTimeOffset.TryParseExact(request.Date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt)
            || (account.Now - signedAt).Duration() > Skew)
            throw new AwsException("RequestExpired", 403, $"Request has expired: it was signed at '{request.Date}', more than 15 minutes off.");
        if (!request.Date.StartsWith(request.Scope[0], StringComparison.Ordinal) || !request.IsSignedWith(secret))
        {
            throw new AwsException("SignatureDoesNotMatch", 403,
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");
        }

        return new Caller(request.AccessKeyId, arn);
    }

    private (string Secret, string Arn) Find(SignedRequest request)
    {
        if (sessions.Find(request.AccessKeyId) is { } session && session.Token == request.Token)
        {
            return session.Expires > account.Now
                ? (session.Secret, session.Arn)
                : throw new AwsException("ExpiredToken", 403, "The security token included in the request is expired");
        }

        return account.Read(state => state.Credentials.GetValueOrDefault(request.AccessKeyId)) is { } credential
            ? (credential.Secret, credential.Arn)
            : throw new AwsException("InvalidClientTokenId", 403, "The security token included in the request is invalid.");
    }
}
