using System.Net;
using System.Text.Json;
using LastAccessedBot.Flows;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LastAccessedBot.Telemetry;

/// <summary>Settings <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Other machines may read <c>/metrics</c>. Off: this machine alone, and not through a proxy on it.</summary>
    public bool MetricsFromAnywhere { get; set; }
}

/// <summary>What operators see: metrics for Prometheus, traces and metrics for an OpenTelemetry collector, and who of the bot's neighbours is well.</summary>
public static class TelemetryServices
{
    /// <summary>OpenTelemetry's own setting; a collector is only spoken to where it is set.</summary>
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("LastAccessedBot"))
            .WithMetrics(metrics => metrics.AddMeter(Measures.MeterName, "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime").AddPrometheusExporter())
            .WithTracing(traces => traces.AddSource("LastAccessedBot.*", "Microsoft.AspNetCore", "System.Net.Http"));
        if (!string.IsNullOrEmpty(configuration[Collector])) telemetry.UseOtlpExporter();
        return services.AddSingleton<ICheckup, NeighboursCheckup>();
    }

    /// <summary><c>/metrics</c>, <c>/health/live</c> (the process answers) and <c>/health/ready</c> (store, jobs, AWS and chat, each by its name).</summary>
    public static void MapTelemetry(this WebApplication app)
    {
        var options = app.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(http => http.Request.Path == "/metrics" && (options.MetricsFromAnywhere || IsFromHere(http)));
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static bool IsFromHere(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");

    // Why something is not well may name hosts and accounts: that is for the log, and for /unused in chat.
    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            status = Word(report.Status),
            parts = report.Entries.ToDictionary(part => part.Key, part => Word(part.Value.Status)),
        }), http.RequestAborted);
    }

    private static string Word(HealthStatus status) => status.ToString().ToLowerInvariant();
}
