using System.Globalization;
using System.Text;
using LastAccessedBot.Benchmarks.Load;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Benchmarks.Slack;

/// <summary>Slack's Web API, quiet.</summary>
internal static class QuietSlack
{
    public const string Team = "T0ACME";

    private static readonly byte[]
        s_auth = Encoding.ASCII.GetBytes($$"""{"ok":true,"team_id":"{{Team}}","user_id":"U0BOT"}"""),
        s_user = Encoding.ASCII.GetBytes($$$$"""{"ok":true,"user":{"id":"U0PAULO","team_id":"{{{{Team}}}}","profile":{"real_name":"Paulo Santos"}}}"""),
        s_yes = """{"ok":true}"""u8.ToArray();

    public static Task<QuietServer> StartAsync() => new QuietServer(Answer).StartAsync();

    private static byte[] Answer(HttpRequest request, Func<long> post) => request.Path.Value switch
    {
        "/api/auth.test" => s_auth,
        "/api/users.info" => s_user,
        "/api/chat.postMessage" => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"ok":true,"channel":"C0GENERAL","ts":"1732000000.{{post():D7}}"}""")),
        _ => s_yes,
    };
}
