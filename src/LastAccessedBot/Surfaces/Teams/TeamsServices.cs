using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Teams.Authentication;
using LastAccessedBot.Surfaces.Teams.Connector;
using LastAccessedBot.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>How the host takes Teams in.</summary>
public static class TeamsServices
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Registers Teams where <c>Teams</c> is set; without any of its settings nothing of it exists.</summary>
    public static WebApplicationBuilder AddTeams(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(TeamsOptions.Section);
        var options = section.Get<TeamsOptions>() ?? new TeamsOptions();
        if (!options.IsConfigured) return builder;
        var services = builder.Services;
        services.AddOptions<TeamsOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TeamsOptions>, TeamsOptionsCheck>();
        AddWayIn(services, options);
        AddTokens(services, options);
        AddSurface(services);
        return builder;
    }

    /// <summary>Maps Teams' address, where <see cref="AddTeams"/> registered it.</summary>
    public static WebApplication MapTeams(this WebApplication app)
    {
        app.Services.GetService<TeamsEndpoints>()?.MapTo(app);
        return app;
    }

    private static void AddWayIn(IServiceCollection services, TeamsOptions options)
    {
        AddHttpClient(services, SigningKeys.HttpName, largestAnswer: 1024 * 1024);
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<ServiceAddresses>();
        services.AddSingleton<ActivityOrigin>();
        services.AddSingleton<TeamsEndpoints>();
        if (!options.AllowAnonymousOnLoopback) return;
        services.AddSingleton<AnonymousCallers>();
        services.AddHostedService(provider => provider.GetRequiredService<AnonymousCallers>());
    }

    /// <summary>The bot's own tokens, where it has an identity to ask for them with.</summary>
    private static void AddTokens(IServiceCollection services, TeamsOptions options)
    {
        if (options.AppId.Length == 0) return;
        AddHttpClient(services, ClientSecretGrant.HttpName, largestAnswer: 64 * 1024);
        if (options.ManagedIdentity) services.AddSingleton<ITokenGrant, ManagedIdentityGrant>();
        else services.AddSingleton<ITokenGrant, ClientSecretGrant>();
        services.AddSingleton<IConnectorToken, ConnectorToken>();
    }

    private static void AddSurface(IServiceCollection services)
    {
        // The token goes to the address that was checked, and to no other that an answer names.
        AddHttpClient(services, ConnectorClient.HttpName, largestAnswer: 4 * 1024 * 1024).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.TryAddSingleton<Troubles>();
        services.AddSingleton<ConnectorClient>();
        services.AddSingleton<TeamsConnector>();
        services.AddSingleton<GraphOwners>();
        services.AddSingleton<Places>();
        services.AddSingleton<TeamsDirectory>();
        services.AddSingleton<IDirectory>(provider => provider.GetRequiredService<TeamsDirectory>());
        services.AddSingleton<TeamsSurface>();
        services.AddSingleton<IChatSurface>(provider => provider.GetRequiredService<TeamsSurface>());
        services.AddCheckup<TeamsCheckup>("teams");
        services.AddSingleton<Dialogs>();
        services.AddSingleton<ITeamsDoor, TeamsDoor>();
        services.AddSingleton<IHandleDeliveries, TeamsDeliveries>();
    }

    private static IHttpClientBuilder AddHttpClient(IServiceCollection services, string name, long largestAnswer) => services.AddHttpClient(name, client =>
    {
        client.Timeout = s_patience;
        client.MaxResponseContentBufferSize = largestAnswer;
    }).RemoveAllLoggers();
}
