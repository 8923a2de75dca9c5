namespace LastAccessedBot.Surfaces.Console;

/// <summary>
/// Marks an address as the console's own. Whoever reaches it may speak as anyone, so it answers only this machine, only under this
/// machine's own names (a rebound DNS name is refused), and never on behalf of a page from another origin.
/// </summary>
internal sealed class ConsoleGate
{
    public static async Task EnforceAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ConsoleGate>() is null)
        {
            await next(http);
            return;
        }
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'self'; connect-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (!ThisMachine.IsPeer(http))
            await ConsoleProblem.Of(StatusCodes.Status404NotFound, "There is nothing here.").ExecuteAsync(http);
        else if (!ThisMachine.IsNamedBy(http.Request))
            await ConsoleProblem.Of(StatusCodes.Status400BadRequest, "The console answers only under localhost, 127.0.0.1 and [::1].").ExecuteAsync(http);
        else if (IsFromAnotherSite(http.Request))
            await ConsoleProblem.Of(StatusCodes.Status403Forbidden, "The console takes no requests from pages of other sites.").ExecuteAsync(http);
        else await next(http);
    }

    private static bool IsFromAnotherSite(HttpRequest request)
    {
        foreach (var origin in request.Headers.Origin)
            if (!string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)) return true;
        // Opening the page from a link elsewhere is harmless; anything else that a browser calls cross-site is not.
        return request.Headers["Sec-Fetch-Site"].Any(site => site is "cross-site" or "same-site") && request.Headers["Sec-Fetch-Mode"] != "navigate";
    }
}

/// <summary>A refusal with a sentence for people, as RFC 9457 has it.</summary>
internal static class ConsoleProblem
{
    public static IResult Of(int status, string sentence) => Results.Problem(sentence, statusCode: status);
}
