using System.Collections.Immutable;
using System.CommandLine;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.CommandLine;

/// <summary><c>narrow</c>: the policy engine without a host, for policies that are kept in a repository.</summary>
public static class NarrowCommand
{
    public static Command Build()
    {
        var keep = new Option<string[]>("--keep") { Description = "Services to keep, by prefix: s3,kms" };
        var keepActions = new Option<string[]>("--keep-actions") { Description = "Actions to keep of a kept service: s3:GetObject,s3:ListBucket" };
        var kind = new Option<string>("--kind") { Description = "Decides the quota: " + string.Join(", ", PolicyKind.All.Select(one => one.Word)), DefaultValueFactory = _ => PolicyKind.Managed.Word };
        var protect = new Option<string[]>("--protect-sid") { Description = "Sid of a statement to leave alone; * at the end matches any rest" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object" };
        var batch = new Option<bool>("--batch") { Description = "Narrow the JSON lines on standard input: {\"id\"?, \"original\", \"keepServices\", \"keepActions\"?}" };
        var file = new Argument<string?>("FILE") { Description = "The policy; - is standard input", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("narrow", "Narrow an IAM policy to the services that are kept, with proof: never broader, never broken") { keep, keepActions, kind, protect, json, batch, file };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (PolicyKind.All.FirstOrDefault(one => one.Word == parsed.GetValue(kind)) is not { } policyKind)
                return Exit.With(Exit.Misused, new Refusal($"`{parsed.GetValue(kind)}` is not a kind of policy", "take " + string.Join(", ", PolicyKind.All.Select(one => $"`{one.Word}`"))));
            var options = new NarrowingOptions(policyKind, [.. Split(parsed.GetValue(protect))]);
            if (parsed.GetValue(batch))
            {
                await using var input = Console.OpenStandardInput();
                await using var output = Console.OpenStandardOutput();
                await NarrowBatch.RunAsync(input, output, options, cancellation);
                return 0;
            }
            if (parsed.GetValue(file) is not { } path) return Exit.With(Exit.Misused, new Refusal("no policy is given", "name a FILE, `-` for standard input, or `--batch`"));
            var services = Split(parsed.GetValue(keep)).ToArray();
            if (services.Length == 0) return Exit.With(Exit.Misused, new Refusal("nothing is to be kept", "name the services: `--keep s3,kms`"));
            if (Keep.Parse(services, ByService(Split(parsed.GetValue(keepActions)))) is not Parsed<Keep>.Ok { Value: var kept })
                return Exit.With(Exit.Misused, ((Parsed<Keep>.Bad)Keep.Parse(services, ByService(Split(parsed.GetValue(keepActions))))).Why);
            return await OneAsync(path, kept, options, parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static async Task<int> OneAsync(string path, Keep keep, NarrowingOptions options, bool asJson, CancellationToken cancellation)
    {
        byte[] bytes;
        try
        {
            bytes = await ReadAsync(path, cancellation);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Exit.With(Exit.Misused, new Refusal($"`{path}` cannot be read: {unreadable.Message}"));
        }
        if (PolicyDocument.Read(WithoutMark(bytes)) is not Parsed<PolicyDocument>.Ok { Value: var document })
            return Exit.With(Exit.Refused, ((Parsed<PolicyDocument>.Bad)PolicyDocument.Read(WithoutMark(bytes))).Why);
        var narrowed = Narrowing.Narrow(document, keep, options);
        if (narrowed is Narrowed.Refused { Why: var why }) return Exit.With(Exit.Refused, why);
        Console.Out.Write(asJson ? NarrowReport.Json(document, narrowed) : NarrowReport.Text(document, narrowed));
        return 0;
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellation)
    {
        if (path != "-") return await File.ReadAllBytesAsync(path, cancellation);
        await using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        await input.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    private static ReadOnlySpan<byte> WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;

    private static IEnumerable<string> Split(string[]? values) =>
        (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static Dictionary<string, IReadOnlyList<string>> ByService(IEnumerable<string> actions) => actions
        .Select(action => action.Split(':', 2))
        .GroupBy(parts => parts[0], parts => parts.Length == 2 ? parts[1] : "", StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, IReadOnlyList<string> (group) => group.ToList());
}
