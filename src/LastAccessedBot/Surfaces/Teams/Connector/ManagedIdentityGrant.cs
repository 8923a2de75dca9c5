using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace LastAccessedBot.Surfaces.Teams.Connector;

/// <summary>A token of the managed identity that the host runs as, which Azure alone gives, inside Azure.</summary>
internal sealed class ManagedIdentityGrant(IOptions<TeamsOptions> options, TimeProvider time) : ITokenGrant
{
    private const string Default = "/.default";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly IManagedIdentityApplication _identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(options.Value.AppId)).Build();

    public async Task<AccessToken> RequestAsync(string scope, CancellationToken cancellation)
    {
        // Managed identities are asked for by resource: a scope without the words that mean all of it.
        var resource = scope.EndsWith(Default, StringComparison.Ordinal) ? scope[..^Default.Length] : scope;
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var token = await _identity.AcquireTokenForManagedIdentity(resource).ExecuteAsync(either.Token);
            return new AccessToken(token.AccessToken, time.GetUtcNow(), token.ExpiresOn);
        }
        catch (MsalException failure)
        {
            throw new ConnectorTokenException($"the managed identity was given none ({failure.ErrorCode})", isRefused: !failure.IsRetryable, failure);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new ConnectorTokenException("the managed identity was given no answer", isRefused: false, failure);
        }
    }
}
