using LastAccessedBot.Core.Audit;

namespace LastAccessedBot.Flows;

/// <summary>What a check of the record found.</summary>
/// <param name="First">The number of the first entry; null where there is none.</param>
/// <param name="Fault">A clause that says what is wrong; null where the record is whole.</param>
public sealed record RecordVerdict(long? First, ChainHead Head, string? Fault);

/// <summary>Walks the record from its first entry to its last.</summary>
public static class VerifyRecord
{
    /// <param name="noted">A head that somebody noted earlier.</param>
    public static async Task<RecordVerdict> OfStoreAsync(IAuditTrail audit, ChainHead? noted, CancellationToken cancellation)
    {
        // The end is read first: what is appended meanwhile comes after it.
        var check = new ChainCheck(noted is null ? [await audit.HeadAsync(cancellation)] : [await audit.HeadAsync(cancellation), noted]);
        await foreach (var entry in audit.AllAsync(cancellation))
            if (check.Look(entry) is { } fault) return new RecordVerdict(check.First, check.Head, fault);
        return new RecordVerdict(check.First, check.Head, check.End());
    }

    /// <summary>The same of what an export wrote.</summary>
    public static RecordVerdict OfText(Stream exported, ChainHead? noted)
    {
        var check = new ChainCheck(noted is null ? [] : [noted]);
        // A byte that is no text is not passed over, and a mark at the beginning is a change like any other.
        using var text = new StreamReader(exported, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        try
        {
            foreach (var (entry, unreadable) in AuditExport.Read(text))
                if ((unreadable ?? check.Look(entry!)) is { } fault) return new RecordVerdict(check.First, check.Head, fault);
        }
        catch (System.Text.DecoderFallbackException)
        {
            return new RecordVerdict(check.First, check.Head, $"what follows entry {check.Head.Number} has bytes that are no text");
        }
        return new RecordVerdict(check.First, check.Head, check.End());
    }
}
