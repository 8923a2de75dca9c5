using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Console.Page;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LastAccessedBot.Surfaces.Console;

/// <summary>How the host takes the console in.</summary>
public static class ConsoleServices
{
    /// <summary>
    /// Registers the console, unless <c>Console:Enabled</c> is false. An <see cref="IConsolePeople"/> or <see cref="IConsoleNames"/>
    /// registered before or after takes the place of the console's own.
    /// </summary>
    public static WebApplicationBuilder AddConsole(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(ConsoleOptions.Section);
        var options = section.Get<ConsoleOptions>() ?? new ConsoleOptions();
        if (!options.Enabled) return builder;

        // Outside Development, the build output's assets would only be found after a publish.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.Configure<ConsoleOptions>(section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IConsolePeople, ConfiguredPeople>();
        builder.Services.TryAddSingleton<IConsoleNames, NamesInAccount>();
        builder.Services.AddSingleton<IDirectory, ConsoleDirectory>();
        builder.Services.AddDbContextFactory<ConsoleDb>(database => database.UseSqlite(options.ConnectionString));
        builder.Services.AddSingleton<ConsoleMessages>();
        builder.Services.AddSingleton<ConsoleSurface>();
        builder.Services.AddSingleton<IChatSurface>(services => services.GetRequiredService<ConsoleSurface>());
        builder.Services.AddSingleton<ConsoleChat>();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        return builder;
    }

    /// <summary>Creates the console's database and maps its page and JSON endpoints, if <see cref="AddConsole"/> registered it.</summary>
    public static WebApplication MapConsole(this WebApplication app)
    {
        if (app.Services.GetService<ConsoleSurface>() is null) return app;

        CreateDatabase(app.Services);
        app.Use(next => http => ConsoleGate.EnforceAsync(http, next));
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<ConsoleDocument>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null).WithMetadata(new ConsoleGate());
        ConsoleEndpoints.MapTo(app);
        return app;
    }

    private static void CreateDatabase(IServiceProvider services)
    {
        using var database = services.GetRequiredService<IDbContextFactory<ConsoleDb>>().CreateDbContext();
        var file = new SqliteConnectionStringBuilder(database.Database.GetConnectionString()).DataSource;
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
        database.Database.EnsureCreated();
        database.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
    }
}
