namespace LastAccessedBot.Surfaces.Teams.Connector;

/// <summary>Keeps a token for every scope, asks for the next one before it ends, and once for all that wait for it.</summary>
internal sealed partial class ConnectorToken(ITokenGrant grant, TimeProvider time, ILogger<ConnectorToken> log) : IConnectorToken
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Kept> _kept = [];

    public async Task<string> GetAsync(string scope, CancellationToken cancellation)
    {
        Task<AccessToken> request;
        lock (_gate)
        {
            if (!_kept.TryGetValue(scope, out var kept)) _kept[scope] = kept = new Kept();
            var now = time.GetUtcNow();
            var isGood = kept.Token is { } token && now < token.Until;
            if (isGood && now < kept.Token!.RenewFrom) return kept.Token.Value;
            if (kept.Request is not { IsCompleted: false }) kept.Request = Task.Run(() => RequestAsync(scope, kept), CancellationToken.None);
            if (isGood) return kept.Token!.Value;
            request = kept.Request;
        }
        return (await request.WaitAsync(cancellation)).Value;
    }

    private async Task<AccessToken> RequestAsync(string scope, Kept kept)
    {
        try
        {
            var token = await grant.RequestAsync(scope, CancellationToken.None);
            lock (_gate) kept.Token = token;
            return token;
        }
        catch (ConnectorTokenException failure)
        {
            LogRefused(scope, failure.Message);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No token for {Scope}: {Why}")]
    private partial void LogRefused(string scope, string why);

    private sealed class Kept
    {
        public AccessToken? Token { get; set; }

        public Task<AccessToken>? Request { get; set; }
    }
}
