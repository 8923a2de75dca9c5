using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>
/// Notes whom the tag of a user, role or policy names as its owners, whenever it is looked into: a press is ruled on from stored facts, and never waits
/// for AWS. Groups have no tags.
/// </summary>
public sealed class NoteOwners(IOwners owners, IOptionsMonitor<ApprovalOptions> options, TimeProvider time)
{
    public async Task FromTagAsync(ReviewFacts facts, CancellationToken cancellation)
    {
        if (options.CurrentValue.OwnerTag is not { Length: > 0 } tag || TagsOf(facts) is not { } tags) return;
        var value = tags.GetValueOrDefault(tag, "");
        var named = options.CurrentValue.NamedBy(value);
        while (true)
        {
            var known = await owners.FindAsync(facts.Subject.Words, cancellation);
            if ((known?.Tagged ?? []).SequenceEqual(named)) return;
            var to = (known ?? Ownership.Nobody(facts.Subject.Words)) with { Tagged = named, Revision = (known?.Revision ?? 0) + 1 };
            var entry = new AuditEntry(time.GetUtcNow(), "bot", "owner-tagged", null, null, facts.Subject.Words, value.Length == 0 ? $"tag `{tag}` is gone" : $"tag `{tag}` says `{value.Replace('`', '\'')}`");
            if (await owners.WriteAsync(known, to, entry, cancellation)) return;
        }
    }

    private static ImmutableSortedDictionary<string, string>? TagsOf(ReviewFacts facts) => facts.Subject switch
    {
        ReviewSubject.OfIdentity { Ref: var name } => facts.State.Identities.GetValueOrDefault(name)?.Tags,
        ReviewSubject.OfPolicy { Arn: var arn } => facts.State.Policies.GetValueOrDefault(arn)?.Tags,
        _ => null,
    };
}
