using System.Collections.Immutable;

namespace LastAccessedBot.Core.Policies;

/// <summary>How to narrow.</summary>
/// <param name="Kind">Decides the quota that a result may not outgrow.</param>
/// <param name="ProtectedSids">Sids of statements never to be touched; <c>*</c> at the end matches any rest.</param>
public sealed record NarrowingOptions(PolicyKind Kind, ImmutableArray<string> ProtectedSids)
{
    public static NarrowingOptions Default { get; } = new(PolicyKind.Managed, []);
}

/// <summary>What a narrowing came to.</summary>
public abstract record Narrowed
{
    private Narrowed() { }

    /// <summary>The document allows nothing outside what is kept.</summary>
    public sealed record Unchanged : Narrowed;

    /// <summary>A narrower document, proven to be one.</summary>
    /// <param name="Removed">The services that the original granted by name and the result no longer grants.</param>
    /// <param name="RemovesEveryOther">The original granted every service that it did not name, and the result no longer does.</param>
    /// <param name="Notes">What a reader should know beyond the diff, each a sentence.</param>
    public sealed record Trimmed(PolicyDocument Document, ImmutableSortedSet<ServiceNamespace> Removed, bool RemovesEveryOther, ImmutableArray<string> Notes) : Narrowed;

    /// <summary>No statement would remain: a policy to detach or delete, not to edit.</summary>
    public sealed record NothingLeft(ImmutableSortedSet<ServiceNamespace> Removed, bool RemovesEveryOther) : Narrowed;

    /// <summary>It cannot be narrowed with proof.</summary>
    public sealed record Refused(Refusal Why) : Narrowed;
}
