using System.Collections.Immutable;
using LastAccessedBot.Core.Account;

namespace LastAccessedBot.Core.Trims;

/// <summary>A customer managed policy that a trim would create, under the first of some names that nobody has.</summary>
public static class NewPolicy
{
    /// <summary>IAM's longest name of a policy.</summary>
    private const int LongestName = 128;

    /// <summary>
    /// The ARNs that a question about an identity may want to create; whoever gathers facts reads which of them exist. Empty for the
    /// questions that create nothing.
    /// </summary>
    public static ImmutableArray<string> Wanted(Question question, Identity identity) => question switch
    {
        Question.Convert => [.. identity.Inline.Keys.SelectMany(name => ForInline(identity, name))],
        Question.Cap => ForCap(identity),
        _ => [],
    };

    internal static ImmutableArray<string> ForInline(Identity identity, string name) => Arns(identity, name, $"{name}-{identity.Ref.Name}", $"{name}-{identity.Ref.KindWord}-{identity.Ref.Name}");

    internal static ImmutableArray<string> ForCap(Identity identity)
    {
        var name = $"cap-{identity.Ref.KindWord}-{identity.Ref.Name}";
        return Arns(identity, name, $"{name}-2", $"{name}-3");
    }

    /// <summary>The first that does not exist; null where all of them do.</summary>
    internal static string? Free(AccountState state, ImmutableArray<string> arns) => arns.FirstOrDefault(arn => !state.Policies.ContainsKey(arn));

    internal static string NameOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    // In the identity's own account and partition: arn:aws:iam::123456789012:user/ann.
    private static ImmutableArray<string> Arns(Identity identity, params ReadOnlySpan<string> names)
    {
        var account = identity.Arn[..(identity.Arn.LastIndexOf(':') + 1)];
        var arns = ImmutableArray.CreateBuilder<string>();
        foreach (var name in names)
            if (name.Length <= LongestName) arns.Add($"{account}policy/{name}");
        return arns.ToImmutable();
    }
}
