using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Trims;

/// <summary>Whom a change reaches, in words: every identity by name.</summary>
internal static class BlastRadius
{
    public static Prose Of(IEnumerable<Identity> identities)
    {
        var prose = (Prose)"Reaches ";
        var first = true;
        foreach (var identity in identities)
        {
            if (!first) prose = prose.Then(", ");
            prose = prose.Then(Prose.Of($"{identity.Ref.KindWord:w} {identity.Ref.Name}"));
            if (identity.Ref.Kind == IdentityKind.Group) prose = prose.Then($" ({Count(identity.Members.Count, "member")})");
            first = false;
        }
        return prose.Then(".");
    }

    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number:N0} {noun}s";
}
