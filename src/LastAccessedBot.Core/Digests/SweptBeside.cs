using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Sweeps;

namespace LastAccessedBot.Core.Digests;

/// <summary>What a sweep found of things that belong to the same people as a conversation's digests, and that these do not tell of.</summary>
/// <param name="At">When the sweep ended.</param>
/// <param name="Named">The most unused services first; at most <see cref="MostNamed"/>.</param>
/// <param name="Targets">How many they are in all.</param>
public sealed record SweptBeside(DateTimeOffset At, ImmutableArray<IdlestTarget> Named, int Targets)
{
    public const int MostNamed = 3;

    /// <summary>Null where there is nothing beside. What has no owners belongs to the admins, as do digests about it.</summary>
    /// <param name="idlest">All with unused services, the most first.</param>
    /// <param name="told">The words of what the conversation's digests tell of; their owners are whom things belong to.</param>
    public static SweptBeside? Of(DateTimeOffset at, IEnumerable<IdlestTarget> idlest, IReadOnlyCollection<string> told, Authority authority)
    {
        var owners = told.Select(authority.OwnersOf).ToArray();
        var (all, isAdmins) = (owners.SelectMany(some => some).ToHashSet(StringComparer.Ordinal), owners.Any(some => some.IsEmpty));
        var known = told.ToHashSet(StringComparer.OrdinalIgnoreCase);
        IdlestTarget[] beside = [.. idlest.Where(target => !known.Contains(target.Words) && (authority.OwnersOf(target.Words) is { IsEmpty: false } theirs ? theirs.Overlaps(all) : isAdmins))];
        return beside.Length == 0 ? null : new SweptBeside(at, [.. beside.Take(MostNamed)], beside.Length);
    }
}
