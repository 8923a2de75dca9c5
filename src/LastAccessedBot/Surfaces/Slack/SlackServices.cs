using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.Events;
using LastAccessedBot.Surfaces.Slack.Home;
using LastAccessedBot.Surfaces.Slack.Install;
using LastAccessedBot.Surfaces.Slack.Pictures;
using LastAccessedBot.Surfaces.Slack.Socket;
using LastAccessedBot.Surfaces.Slack.Web;
using LastAccessedBot.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>How the host takes Slack in.</summary>
public static class SlackServices
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>Registers Slack where <c>Slack</c> is set; without any of its settings nothing of it exists.</summary>
    public static WebApplicationBuilder AddSlack(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(SlackOptions.Section);
        var options = section.Get<SlackOptions>() ?? new SlackOptions();
        if (!options.IsConfigured) return builder;
        var services = builder.Services;
        services.AddOptions<SlackOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsCheck>();
        services.AddHttpClient(SlackClient.HttpName, client =>
        {
            client.Timeout = s_patience;
            client.MaxResponseContentBufferSize = 4 * 1024 * 1024;
        }).RemoveAllLoggers();
        services.TryAddSingleton<Troubles>();
        services.AddSingleton<SlackClient>();
        AddWorkspaces(services, options);
        services.AddSingleton<Replies>();
        services.AddSingleton<SlackDirectory>();
        services.AddSingleton<IDirectory>(provider => provider.GetRequiredService<SlackDirectory>());
        services.AddSingleton<ChartFiles>();
        services.AddHostedService<ChartUploads>();
        services.AddSingleton<SlackSurface>();
        services.AddSingleton<IChatSurface>(provider => provider.GetRequiredService<SlackSurface>());
        services.AddSingleton<Modals>();
        services.AddHostedService(provider => provider.GetRequiredService<Modals>());
        services.AddSingleton<EventHandlers>();
        services.AddSingleton<IHandleEvents, HomeOpened>();
        services.AddSingleton<IHomeSurface, HomeTab>();
        services.AddSingleton<ISlackDoor, SlackDoor>();
        services.AddSingleton<IHandleDeliveries, SlackDeliveries>();
        services.AddCheckup<SlackCheckup>("slack");
        if (options.UsesSocketMode)
        {
            services.AddSingleton<SocketMode>();
            services.AddHostedService(provider => provider.GetRequiredService<SocketMode>());
            services.AddHealthChecks().AddCheck<SocketMode>("slack-socket-mode", tags: ["ready"]);
        }
        if (options.UsesHttp)
        {
            services.AddSingleton(provider => new SlackSignature(options.SigningSecret, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton<SlackEndpoints>();
        }
        return builder;
    }

    /// <summary>Maps Slack's addresses, where <see cref="AddSlack"/> registered them.</summary>
    public static WebApplication MapSlack(this WebApplication app)
    {
        app.Services.GetService<SlackEndpoints>()?.MapTo(app);
        app.Services.GetService<InstallEndpoints>()?.MapTo(app);
        return app;
    }

    /// <summary>By the setting's token, by installation, or by both.</summary>
    private static void AddWorkspaces(IServiceCollection services, SlackOptions options)
    {
        services.AddSingleton<OneWorkspace>();
        services.AddSingleton<KeptTokens>();
        services.AddSingleton<IHandleEvents, Uninstalled>();
        if (!options.UsesOAuth)
        {
            services.AddSingleton<IWorkspaces>(provider => provider.GetRequiredService<OneWorkspace>());
            return;
        }
        services.AddSingleton<TokenRenewal>();
        services.AddSingleton<InstalledWorkspaces>();
        services.AddSingleton<InstallApp>();
        services.AddSingleton<InstallEndpoints>();
        if (options.BotToken.Length > 0) services.AddSingleton<IWorkspaces, SetAndInstalledWorkspaces>();
        else services.AddSingleton<IWorkspaces>(provider => provider.GetRequiredService<InstalledWorkspaces>());
    }
}
