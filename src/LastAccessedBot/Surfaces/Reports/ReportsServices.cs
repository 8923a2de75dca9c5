using LastAccessedBot.Flows;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Reports;

/// <summary>How the host takes the reports in.</summary>
public static class ReportsServices
{
    public static WebApplicationBuilder AddReports(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReportsOptions>().Bind(builder.Configuration.GetSection(ReportsOptions.Section)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ReportsOptions>, ReportsOptionsCheck>();
        builder.Services.AddSingleton<SignedLinks>();
        builder.Services.AddSingleton<IReportLinks>(services => services.GetRequiredService<SignedLinks>());
        builder.Services.AddSingleton<ReportPages>();
        builder.Services.AddSingleton<ReportEndpoints>();
        return builder;
    }

    public static WebApplication MapReports(this WebApplication app)
    {
        app.Services.GetRequiredService<ReportEndpoints>().MapTo(app);
        return app;
    }
}
