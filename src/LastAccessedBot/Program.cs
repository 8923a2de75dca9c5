using System.CommandLine;
using LastAccessedBot;
using LastAccessedBot.Aws;
using LastAccessedBot.CommandLine;
using LastAccessedBot.Commands;
using LastAccessedBot.Flows;
using LastAccessedBot.Jobs;
using LastAccessedBot.Storage;
using LastAccessedBot.Surfaces.Console;
using LastAccessedBot.Surfaces.Reports;
using LastAccessedBot.Surfaces.Slack;
using LastAccessedBot.Surfaces.Teams;
using LastAccessedBot.Telemetry;

if (args is ["narrow" or "actions" or "audit" or "teams-package", ..])
{
    var line = new RootCommand("LastAccessedBot") { NarrowCommand.Build(), ActionsCommand.Build(TimeProvider.System), AuditCommand.Build(StoredRecord.Open), TeamsPackageCommand.Build() }.Parse(args);
    var outcome = await line.InvokeAsync();
    return line.Errors.Count > 0 ? Exit.Misused : outcome;
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = Settings.Folder,
    WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
});
if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null) builder.WebHost.UseUrls("http://127.0.0.1:3978");

await using var sandbox = await EmbeddedSandbox.StartAsync(builder, TimeProvider.System);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddAws(builder.Configuration);
builder.Services.AddStorage(builder.Configuration);
builder.Services.AddFlows(builder.Configuration);
builder.Services.AddCommands();
builder.Services.AddJobs(StorageOptions.From(builder.Configuration).Server);
builder.Services.AddTelemetry(builder.Configuration);
builder.AddConsole();
builder.AddSlack();
builder.AddTeams();
builder.AddReports();

var app = builder.Build();
await app.Services.PrepareStorageAsync(CancellationToken.None);
app.MapConsole();
app.MapSlack();
app.MapTeams();
app.MapReports();
app.MapJobs();
app.MapTelemetry();
await app.RunAsync();
return 0;
