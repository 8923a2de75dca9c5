using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Trims;

/// <summary>Whom a change reaches, in words: every identity by name.</summary>
internal static class BlastRadius
{
    public static Prose Of(IEnumerable<Identity> identities) => Prose.Of($"{Prose.Join(", ", identities.Select(Named))}.");

    public static string Count(int number, string noun, string? plural = null) => number == 1 ? $"1 {noun}" : $"{number:N0} {plural ?? noun + "s"}";

    private static Prose Named(Identity identity) => identity.Ref.Kind == IdentityKind.Group
        ? Prose.Of($"{identity.Ref.KindWord:w} {identity.Ref.Name} ({Count(identity.Members.Count, "member"):w})")
        : Prose.Of($"{identity.Ref.KindWord:w} {identity.Ref.Name}");
}
