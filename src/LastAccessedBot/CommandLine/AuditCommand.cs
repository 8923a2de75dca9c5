using System.CommandLine;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;

namespace LastAccessedBot.CommandLine;

/// <summary><c>audit export</c> writes the record out; <c>audit verify</c> checks it, in the store or in an exported file.</summary>
internal static class AuditCommand
{
    private static readonly string[] s_formats = ["jsonl", "csv"];

    /// <param name="open">Opens the store that the host writes to, or says why there is none.</param>
    public static Command Build(Func<Parsed<ServiceProvider>> open) => new("audit", "The record of every change: write it out, or check that nothing in it was changed") { Export(open), Verify(open) };

    private static Command Export(Func<Parsed<ServiceProvider>> open)
    {
        var format = new Option<string>("--format") { Description = "jsonl, one JSON object a line, or csv", DefaultValueFactory = _ => s_formats[0] };
        format.AcceptOnlyFromAmong(s_formats);
        var command = new Command("export", "Writes every entry to standard output, the first one first.") { format };
        command.SetAction((parsed, cancellation) => WithRecordAsync(open, async audit =>
        {
            var chosen = parsed.GetValue(format) == "csv" ? AuditFormat.Csv : AuditFormat.JsonLines;
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteAsync(AuditExport.Header(chosen));
            await foreach (var entry in audit.AllAsync(cancellation)) await output.WriteAsync(AuditExport.Write(chosen, entry));
            return 0;
        }));
        return command;
    }

    private static Command Verify(Func<Parsed<ServiceProvider>> open)
    {
        var file = new Argument<FileInfo?>("file") { Description = "An exported file; without one, the store's own record is checked", Arity = ArgumentArity.ZeroOrOne };
        var head = new Option<string?>("--head") { Description = "NUMBER:HASH of an entry that was noted earlier, as verify prints it: tells a record that was written anew, or cut" };
        var command = new Command("verify", "Checks that no entry was changed, removed, added or moved.") { file, head };
        command.SetAction(async (parsed, cancellation) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            ChainHead? noted = null;
            if (parsed.GetValue(head) is { } text && (noted = ChainHead.Parse(text)) is null)
                return Exit.With(Exit.Misused, new Refusal($"`{text}` is not the number and the hash of an entry", "write what `audit verify` printed, `NUMBER:HASH`"));
            if (parsed.GetValue(file) is not { } from) return await WithRecordAsync(open, async audit => await SayAsync(await VerifyRecord.OfStoreAsync(audit, noted, cancellation), output));
            if (!from.Exists) return Exit.With(Exit.Misused, new Refusal($"There is no file `{from.FullName}`", "name one that `audit export` wrote"));
            await using var exported = from.OpenRead();
            return await SayAsync(VerifyRecord.OfText(exported, noted), output);
        });
        return command;
    }

    private static async Task<int> SayAsync(RecordVerdict verdict, TextWriter output)
    {
        if (verdict.Fault is { } fault) return Exit.With(Exit.Refused, new Refusal($"The record is not whole: {fault}"));
        await output.WriteLineAsync(verdict.First is { } first ? $"Entries {first} to {verdict.Head.Number} are as they were written. {verdict.Head}" : "The record is empty.");
        return 0;
    }

    private static async Task<int> WithRecordAsync(Func<Parsed<ServiceProvider>> open, Func<IAuditTrail, Task<int>> work)
    {
        switch (open())
        {
            case Parsed<ServiceProvider>.Ok { Value: var services }:
                await using (services) return await work(services.GetRequiredService<IAuditTrail>());
            case Parsed<ServiceProvider>.Bad { Why: var why }:
                return Exit.With(Exit.Misused, why);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
