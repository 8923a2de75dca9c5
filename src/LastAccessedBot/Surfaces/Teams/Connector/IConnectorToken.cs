namespace LastAccessedBot.Surfaces.Teams.Connector;

/// <summary>The bot's own tokens: what it calls Teams' connector and Microsoft Graph with.</summary>
public interface IConnectorToken
{
    /// <summary>A token that is good for some minutes at least; from the cache where there is one.</summary>
    /// <param name="scope">What it is for, such as <c>https://api.botframework.com/.default</c>.</param>
    /// <exception cref="ConnectorTokenException">There is none to be had.</exception>
    Task<string> GetAsync(string scope, CancellationToken cancellation);
}

/// <summary>Asks for a token, every time that it is called.</summary>
internal interface ITokenGrant
{
    /// <exception cref="ConnectorTokenException">There is none to be had.</exception>
    Task<AccessToken> RequestAsync(string scope, CancellationToken cancellation);
}

/// <summary>A token of the bot's own. It is not a record: those print what they hold.</summary>
internal sealed class AccessToken(string value, DateTimeOffset from, DateTimeOffset until)
{
    private static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(5);

    public string Value { get; } = value;

    public DateTimeOffset Until { get; } = until;

    /// <summary>From then on another is asked for: some minutes ahead, or half-way where it is a short one.</summary>
    public DateTimeOffset RenewFrom { get; } = until - (until - from < 2 * s_ahead ? (until - from) / 2 : s_ahead);
}

/// <summary>The bot got no token of its own.</summary>
/// <param name="isRefused">The bot was refused: its settings, not the moment, are at fault.</param>
public sealed class ConnectorTokenException(string why, bool isRefused, Exception? inner = null) : Exception($"The bot got no token of its own: {why}", inner)
{
    public bool IsRefused { get; } = isRefused;
}
