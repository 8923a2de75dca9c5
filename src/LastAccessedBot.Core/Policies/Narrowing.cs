using System.Collections.Immutable;

namespace LastAccessedBot.Core.Policies;

/// <summary>
/// Narrows policies to what is kept. Every result was read back and proven never broader and never broken; where that fails, there is a
/// refusal and no document. One instance serves one thread and allocates only its results.
/// </summary>
public sealed class Narrowing
{
    [ThreadStatic]
    private static Narrowing? s_ofThread;

    private readonly PolicyLayout _before = new(), _after = new();
    private readonly ByteSink _written = new();

    private enum Outcome { Refused, Unchanged, NothingLeft, Trimmed }

    /// <summary>Narrows a document that was read.</summary>
    public static Narrowed Narrow(PolicyDocument document, Keep keep, NarrowingOptions? options = null)
    {
        options ??= NarrowingOptions.Default;
        var narrowing = s_ofThread ??= new Narrowing();
        switch (narrowing.Run(document.Utf8.Span, keep, options, out var refusal))
        {
            case Outcome.Refused: return new Narrowed.Refused(refusal!);
            case Outcome.Unchanged: return new Narrowed.Unchanged();
            case Outcome.NothingLeft: return new Narrowed.NothingLeft(document.Services, document.GrantsEveryOther);
            default: break;
        }
        var trimmed = ((Parsed<PolicyDocument>.Ok)PolicyDocument.Read(narrowing._written.Written)).Value;
        return new Narrowed.Trimmed(
            trimmed,
            [.. document.Services.Where(service => !trimmed.Grants(service))],
            document.GrantsEveryOther && !trimmed.GrantsEveryOther,
            Notes(document, trimmed));
    }

    /// <summary>From bytes to bytes, for many documents: a refusal, or the narrowed document; neither when nothing is left of it.</summary>
    public Refusal? Narrow(ReadOnlySpan<byte> utf8, Keep keep, NarrowingOptions options, out byte[]? narrowed)
    {
        var outcome = Run(utf8, keep, options, out var refusal);
        narrowed = outcome is Outcome.Trimmed or Outcome.Unchanged ? _written.Written.ToArray() : null;
        return refusal;
    }

    private Outcome Run(ReadOnlySpan<byte> utf8, Keep keep, NarrowingOptions options, out Refusal? refusal)
    {
        refusal = PolicyReader.Read(utf8, _before);
        if (refusal is not null) return Outcome.Refused;
        var remaining = PolicyRewriter.Rewrite(utf8, _before, keep, options.ProtectedSids, _written, out refusal);
        if (refusal is not null) return Outcome.Refused;
        if (remaining == 0) return Outcome.NothingLeft;
        var written = _written.Written;
        if (written.SequenceEqual(utf8)) return Outcome.Unchanged;
        refusal = PolicyReader.Read(written, _after) is not null || !Proof.Holds(utf8, _before, written, _after, keep, options.ProtectedSids)
            ? new Refusal("the narrowed policy cannot be proven to be safe", "edit the policy by hand")
            : TooLong(utf8, written, options.Kind);
        return refusal is null ? Outcome.Trimmed : Outcome.Refused;
    }

    // A list of services can be longer than the `*` it stands for. A document that AWS stores already, and that shrank, fits.
    private static Refusal? TooLong(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, PolicyKind kind)
    {
        if (after.Length <= kind.Quota) return null;
        var size = PolicyDocument.SizeOf(after);
        return size > kind.Quota && size > PolicyDocument.SizeOf(before)
            ? new Refusal($"the narrowed policy has {size} characters; AWS stores at most {kind.Quota} of this kind (`{kind.Word}`)", "keep fewer services, or split the policy")
            : null;
    }

    private static ImmutableArray<string> Notes(PolicyDocument before, PolicyDocument after)
    {
        var wasNot = before.Statements.Any(statement => statement.IsAllow && statement.IsNot);
        var isNot = after.Statements.Any(statement => statement.IsAllow && statement.IsNot);
        return before.GrantsEveryOther && !after.GrantsEveryOther
            ? [wasNot && !isNot
                ? "`NotAction` becomes a list of what is allowed: services that AWS adds later are not allowed by themselves any more."
                : "`*` becomes a list of what is allowed: services that AWS adds later are not allowed by themselves any more."]
            : [];
    }
}
