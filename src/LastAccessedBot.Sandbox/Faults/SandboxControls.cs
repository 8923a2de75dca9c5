using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Sandbox.Faults;

/// <summary>The sandbox's own addresses, beside AWS's: what goes wrong, what was called, and what somebody tries to do.</summary>
internal static class SandboxControls
{
    public static void MapSandboxControls(this WebApplication app, SandboxAccount account, SandboxFaults faults, CallLog calls)
    {
        app.MapGet("/_sandbox/faults", (RequestDelegate)(http => Answer(http, faults.Settings)));
        app.MapPut("/_sandbox/faults", (RequestDelegate)(http => Replace(http, faults)));
        app.MapPost("/_sandbox/attempts", (RequestDelegate)(http => Try(http, account)));
        app.MapGet("/_sandbox/calls", (RequestDelegate)(http => Answer(http, calls.All)));
    }

    private static async Task Replace(HttpContext http, SandboxFaults faults)
    {
        if (await ReadAsync<FaultSettings>(http) is not { } settings) return;
        faults.Change(_ => settings);
        await Answer(http, faults.Settings);
    }

    private static async Task Try(HttpContext http, SandboxAccount account)
    {
        if (await ReadAsync<ActionAttempt>(http) is not { } attempt) return;
        if (account.Change(state => attempt.In(state, account.Now)) is { } isAllowed) await Answer(http, new { isAllowed });
        else await Refuse(http, $"There is no user or role {attempt.User ?? attempt.Role}, or {attempt.Action} is no action.");
    }

    private static async Task<T?> ReadAsync<T>(HttpContext http)
        where T : class
    {
        try
        {
            if (await http.Request.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, http.RequestAborted) is { } read) return read;
            await Refuse(http, "null says nothing.");
        }
        catch (JsonException error)
        {
            await Refuse(http, error.Message);
        }
        return null;
    }

    private static Task Refuse(HttpContext http, string why)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsync(why, http.RequestAborted);
    }

    private static Task Answer<T>(HttpContext http, T value) => http.Response.WriteAsJsonAsync(value, JsonSerializerOptions.Web, http.RequestAborted);
}
