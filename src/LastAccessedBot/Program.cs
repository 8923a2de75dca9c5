using System.CommandLine;
using LastAccessedBot.CommandLine;

if (args is ["narrow", ..])
{
    var line = new RootCommand("LastAccessedBot") { NarrowCommand.Build() }.Parse(args);
    var outcome = await line.InvokeAsync();
    return line.Errors.Count > 0 ? NarrowCommand.Misused : outcome;
}

var builder = WebApplication.CreateBuilder(args);
await builder.Build().RunAsync();
return 0;
