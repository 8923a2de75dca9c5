using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Sandbox.Faults;

/// <summary>The sandbox's own addresses, beside AWS's: what goes wrong, and what was called.</summary>
internal static class SandboxControls
{
    public static void MapSandboxControls(this WebApplication app, SandboxFaults faults, CallLog calls)
    {
        app.MapGet("/_sandbox/faults", (RequestDelegate)(http => Answer(http, faults.Settings)));
        app.MapPut("/_sandbox/faults", (RequestDelegate)(http => Replace(http, faults)));
        app.MapGet("/_sandbox/calls", (RequestDelegate)(http => Answer(http, calls.All)));
    }

    private static async Task Replace(HttpContext http, SandboxFaults faults)
    {
        try
        {
            var settings = await http.Request.ReadFromJsonAsync<FaultSettings>(JsonSerializerOptions.Web, http.RequestAborted);
            faults.Change(_ => settings ?? FaultSettings.None);
            await Answer(http, faults.Settings);
        }
        catch (JsonException error)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync(error.Message, http.RequestAborted);
        }
    }

    private static Task Answer<T>(HttpContext http, T value) => http.Response.WriteAsJsonAsync(value, JsonSerializerOptions.Web, http.RequestAborted);
}
