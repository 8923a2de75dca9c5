namespace LastAccessedBot.Surfaces.Teams;

/// <summary>
/// Settings <c>Teams</c>. The surface runs as an Azure Bot with <see cref="AppId"/> and what belongs to it, or for a test client on this
/// machine with <see cref="AllowAnonymousOnLoopback"/>, or as both; without any of them it does not exist.
/// </summary>
public sealed class TeamsOptions
{
    public const string Section = "Teams";

    private static readonly string[] s_teamsOwnHosts =
        ["smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com", "smba.infra.gov.teams.microsoft.us", "*.botframework.com"];

    /// <summary>The bot's Microsoft App ID, a GUID: every token that comes in must be meant for it.</summary>
    public string AppId { get; init; } = "";

    /// <summary>The app's client secret; nothing where <see cref="ManagedIdentity"/> is set.</summary>
    public string AppPassword { get; init; } = "";

    /// <summary>The bot's own tenant, which gives it its tokens; <c>botframework.com</c> for an old multi-tenant bot.</summary>
    public string TenantId { get; init; } = "";

    /// <summary>The tenants, by their GUIDs, whose people the bot listens to; none named: the bot's own alone.</summary>
    public IList<string> AllowedTenants { get; init; } = [];

    /// <summary>The bot is a user-assigned managed identity with <see cref="AppId"/> as its client id, and has no password.</summary>
    public bool ManagedIdentity { get; init; }

    /// <summary>The OpenID metadata of those who sign what comes in.</summary>
    public Uri OpenIdMetadataUrl { get; init; } = new("https://login.botframework.com/v1/.well-known/openidconfiguration");

    /// <summary>Who issues the tokens that come in.</summary>
    public string TokenIssuer { get; init; } = "https://api.botframework.com";

    /// <summary>Where the bot gets its own tokens; null: from Entra, as an app of <see cref="TenantId"/>.</summary>
    public Uri? TokenUrl { get; init; }

    /// <summary>What the bot's own tokens are good for.</summary>
    public string Scope { get; init; } = "https://api.botframework.com/.default";

    /// <summary>
    /// The hosts that the bot may send to with its token; <c>*.</c> before a name means all below it. None named: Teams' own. A name of this
    /// machine, for a local connector, is meant only where it is named here, or with <see cref="AllowAnonymousOnLoopback"/>.
    /// </summary>
    public IList<string> AllowedServiceHosts { get; init; } = [];

    /// <summary>Microsoft Graph; ends with a slash.</summary>
    public Uri GraphUrl { get; init; } = new("https://graph.microsoft.com/v1.0/");

    /// <summary>
    /// Whoever is on this machine may speak as anyone, without a token: for the Microsoft 365 Agents Playground. The bot does not start with
    /// it where it listens on anything but loopback.
    /// </summary>
    public bool AllowAnonymousOnLoopback { get; init; }

    public bool IsConfigured => AppId.Length + AppPassword.Length > 0 || AllowAnonymousOnLoopback;

    /// <summary>The address of the token endpoint.</summary>
    internal Uri TokenEndpoint => TokenUrl ?? new Uri($"https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token");

    internal IEnumerable<string> ServiceHosts => AllowedServiceHosts.Count > 0 ? AllowedServiceHosts : s_teamsOwnHosts;

    /// <summary>Without a tenant in the settings there is but the test client on this machine, whose tenant is made up.</summary>
    internal bool Admits(string tenant) => AllowedTenants.Count > 0 ? AllowedTenants.Contains(tenant, StringComparer.OrdinalIgnoreCase)
        : TenantId.Length > 0 ? TenantId.Equals(tenant, StringComparison.OrdinalIgnoreCase)
        : AppId.Length == 0 && AllowAnonymousOnLoopback;
}
