using System.Net.Sockets;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Surfaces.Console;

namespace LastAccessedBot;

/// <summary>Settings <c>Sandbox</c>: the account that a fresh machine gets.</summary>
public sealed class EmbeddedSandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>0 takes any free port.</summary>
    public int Port { get; set; } = 4566;

    /// <summary>A scenario of one's own.</summary>
    public string? ScenarioFile { get; set; }

    /// <summary>Where the account is kept over restarts; delete the file to start the story again.</summary>
    public string? StateFile { get; set; } = "data/sandbox.json";

    /// <summary>How long a report job takes.</summary>
    public TimeSpan ReportTime { get; set; } = TimeSpan.FromSeconds(1.5);
}

/// <summary>Starts the simulated account inside the host, when the settings name no other endpoint, and tells its people to the console.</summary>
internal static class EmbeddedSandbox
{
    /// <summary>null: the settings talk to AWS, or to an endpoint of their own.</summary>
    public static async Task<SandboxServer?> StartAsync(WebApplicationBuilder builder, TimeProvider time)
    {
        var aws = builder.Configuration.GetSection("Aws");
        if (!string.Equals(aws["Mode"] ?? "Sandbox", "Sandbox", StringComparison.OrdinalIgnoreCase) || aws["Endpoint"] is not null) return null;
        var server = await StartAsync(builder.Configuration, time);
        builder.Configuration["Aws:Endpoint"] = server.Address.ToString();
        builder.Services.AddSingleton<IConsolePeople>(new PeopleOfSandbox(server));
        return server;
    }

    /// <summary>Throws <see cref="IOException"/> with a readable message when the port is taken.</summary>
    public static async Task<SandboxServer> StartAsync(IConfiguration configuration, TimeProvider time)
    {
        var options = configuration.GetSection(EmbeddedSandboxOptions.Section).Get<EmbeddedSandboxOptions>() ?? new EmbeddedSandboxOptions();
        if (options.StateFile is { } file && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
        try
        {
            return await SandboxServer.StartAsync(
                new SandboxOptions { Port = options.Port, ScenarioFile = options.ScenarioFile, StateFile = options.StateFile, ReportTime = options.ReportTime }, time, CancellationToken.None);
        }
        catch (IOException taken) when (taken.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new IOException($"The sandbox account cannot listen on port {options.Port}: it is taken. Stop what listens there, or set Sandbox__Port to another port.", taken);
        }
    }

    private sealed class PeopleOfSandbox(SandboxServer server) : IConsolePeople
    {
        public IReadOnlyList<ConsolePerson> All { get; } = [.. server.Account.People.Select(person => new ConsolePerson { Id = person.Id, Name = person.Name, Title = person.Title })];
    }
}
