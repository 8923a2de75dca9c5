using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Slack.Install;

/// <summary>What a browser shows at the end of an installation: a page without scripts and without anything from elsewhere.</summary>
/// <param name="Title">One line.</param>
/// <param name="Steps">What to do next, in order.</param>
/// <param name="Again">The way to a new attempt; null where none is needed.</param>
internal sealed record InstallPage(int Status, Prose Title, IReadOnlyList<Prose> Steps, Uri? Again)
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2b2a; --soft: #566664; --ground: #f3f6f5; --sheet: #fff; --line: #d9e1df; --accent: #0f6e65 }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8efed; --soft: #9fb0ad; --ground: #121918; --sheet: #1b2423; --line: #31403e; --accent: #5cc4b7 } }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif }
        main { box-sizing: border-box; width: min(34rem, 100vw - 2rem); margin: 1rem; padding: 2rem; background: var(--sheet); border: 1px solid var(--line); border-top: 4px solid var(--accent); border-radius: 12px }
        header { color: var(--soft); font-weight: 600 }
        p { margin: 0 }
        h1 { margin: .2rem 0 1rem; font-size: 1.4rem; line-height: 1.3; overflow-wrap: anywhere }
        ol { margin: 0; padding-left: 1.2rem } li + li { margin-top: .5rem }
        code { padding: .1em .35em; border: 1px solid var(--line); border-radius: 5px; background: var(--ground); font: .9em ui-monospace, monospace; overflow-wrap: anywhere; -webkit-box-decoration-break: clone; box-decoration-break: clone }
        a { display: inline-block; margin-top: 1.4rem; padding: .5rem 1rem; border-radius: 8px; background: var(--accent); color: var(--sheet); font-weight: 600; text-decoration: none }
        a:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
        """;

    private static readonly string s_policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="again">Where an installation begins.</param>
    public static InstallPage Of(InstallOutcome outcome, Uri again) => outcome switch
    {
        InstallOutcome.Installed installed => new(StatusCodes.Status200OK, Prose.Of($"I am installed in {installed.Name}"),
            [
                Prose.Of($"In a channel where access is talked about, type {"/invite @LastAccessedBot"}."),
                Prose.Of($"Type {"/unused help"} to see what I can do, and {"/unused"} with the name of a group, user, role or policy to begin."),
                Prose.Of($"Who approves is set where I run, under {"Approvals"}: people of this workspace are written {$"slack:{installed.TeamId}/U…"}, its user groups {$"slack:{installed.TeamId}/S…"}."),
            ], null),
        InstallOutcome.Declined => new(StatusCodes.Status200OK, "Nothing was installed", ["You, or somebody at Slack's page, said no. I have stored nothing."], again),
        InstallOutcome.Refused refused => new(StatusCodes.Status400BadRequest, "Nothing was installed", [Prose.Backticked($"{refused.Why}.")], again),
        InstallOutcome.Unanswered => new(StatusCodes.Status502BadGateway, "Slack did not answer", ["I do not know whether Slack installed the app, and I have stored nothing. Start again in a minute: installing twice does no harm."], again),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = s_policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        // The address holds a code: no history of anybody's keeps the page.
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(Html());
    }

    private string Html()
    {
        var steps = Steps is [var only] ? $"<p>{Html(only)}</p>" : $"<ol>{string.Concat(Steps.Select(step => $"<li>{Html(step)}</li>"))}</ol>";
        var link = Again is null ? "" : $"<a href=\"{HtmlEncoder.Default.Encode(Again.ToString())}\">Start again</a>";
        return $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>LastAccessedBot: {HtmlEncoder.Default.Encode(Title.ToString())}</title><style>{Style}</style></head>
            <body><main><header>LastAccessedBot</header><h1>{Html(Title)}</h1>{steps}{link}</main></body>
            </html>
            """;
    }

    private static string Html(Prose prose) => string.Concat(prose.Spans.Select(span => span.Style == SpanStyle.Name
        ? $"<code>{HtmlEncoder.Default.Encode(span.Text)}</code>"
        : HtmlEncoder.Default.Encode(span.Text)));
}
