using System.CommandLine;
using LastAccessedBot.CommandLine;
using LastAccessedBot.Surfaces.Console;

if (args is ["narrow", ..])
{
    var line = new RootCommand("LastAccessedBot") { NarrowCommand.Build() }.Parse(args);
    var outcome = await line.InvokeAsync();
    return line.Errors.Count > 0 ? NarrowCommand.Misused : outcome;
}

// The page's assets lie next to the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot") });
if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null) builder.WebHost.UseUrls("http://127.0.0.1:3978");
builder.AddConsole();

var app = builder.Build();
app.MapConsole();
await app.RunAsync();
return 0;
