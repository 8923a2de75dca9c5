using System.Globalization;
using System.Text;
using LastAccessedBot.Benchmarks.Load;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Benchmarks.Teams;

/// <summary>Teams' connector, quiet.</summary>
internal static class QuietTeams
{
    private static readonly byte[]
        s_member = """{"id":"29:paulo","objectId":"paulo","name":"Paulo Santos","userRole":"user"}"""u8.ToArray(),
        s_yes = """{"id":"1"}"""u8.ToArray();

    public static Task<QuietServer> StartAsync() => new QuietServer(Answer).StartAsync();

    private static byte[] Answer(HttpRequest request, Func<long> post) => request.Method switch
    {
        "POST" => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{post()}}"}""")),
        "GET" => s_member,
        _ => s_yes,
    };
}
