using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.CommandLine;

/// <summary>What <c>narrow</c> prints for one policy.</summary>
internal static class NarrowReport
{
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The services that went; <c>*</c> at the end stands for every service that the original did not name.</summary>
    public static IEnumerable<string> RemovedServices(Narrowed narrowed) => narrowed switch
    {
        Narrowed.Trimmed trimmed => Names(trimmed.Removed, trimmed.RemovesEveryOther),
        Narrowed.NothingLeft nothing => Names(nothing.Removed, nothing.RemovesEveryOther),
        _ => [],
    };

    public static string Text(PolicyDocument before, Narrowed narrowed)
    {
        var text = new StringBuilder();
        if (narrowed is Narrowed.NothingLeft)
        {
            text.AppendLine("Nothing is left of the policy: detach or delete it instead.");
            return text.ToString();
        }
        var after = narrowed is Narrowed.Trimmed trimmed ? trimmed.Document : before;
        text.AppendLine(after.Text.TrimEnd('\n')).AppendLine();
        if (narrowed is Narrowed.Unchanged) return text.AppendLine("Unchanged: the policy allows nothing outside what is kept.").ToString();
        foreach (var line in DocumentDiff.Of(before.Pretty(), after.Pretty())) text.Append(Mark(line.Mark)).AppendLine(line.Text);
        text.AppendLine().Append("Removed: ").AppendJoin(", ", RemovedServices(narrowed)).AppendLine();
        foreach (var note in ((Narrowed.Trimmed)narrowed).Notes) text.AppendLine(note);
        return text.ToString();
    }

    public static string Json(PolicyDocument before, Narrowed narrowed)
    {
        var after = narrowed switch
        {
            Narrowed.Trimmed trimmed => trimmed.Document,
            Narrowed.NothingLeft => null,
            _ => before,
        };
        var report = new JsonObject
        {
            ["trimmed"] = after is null ? null : JsonNode.Parse(after.Text),
            ["removedServices"] = new JsonArray([.. RemovedServices(narrowed).Select(service => JsonValue.Create(service))]),
            ["diff"] = after is null ? null : new JsonArray([.. DocumentDiff.Of(before.Pretty(), after.Pretty()).Select(line => JsonValue.Create(Mark(line.Mark) + line.Text))]),
            ["notes"] = new JsonArray([.. (narrowed as Narrowed.Trimmed)?.Notes.Select(note => JsonValue.Create(note)) ?? []]),
        };
        return report.ToJsonString(s_readable) + "\n";
    }

    private static string Mark(DiffMark mark) => mark switch
    {
        DiffMark.Goes => "- ",
        DiffMark.Comes => "+ ",
        _ => "  ",
    };

    private static IEnumerable<string> Names(IEnumerable<ServiceNamespace> services, bool everyOther) =>
        services.Select(service => service.Value).Concat(everyOther ? ["*"] : []);
}
