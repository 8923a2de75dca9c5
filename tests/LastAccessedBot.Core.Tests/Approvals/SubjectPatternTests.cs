using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Tests.Approvals;

/// <summary>Names with a star stand for things of one account.</summary>
public sealed class SubjectPatternTests
{
    [Theory]
    [InlineData("group app-*", "group app-dev", true)]
    [InlineData("group app-*", "group App-Dev", true)]
    [InlineData("group app-*", "group app-dev in staging", false)]
    [InlineData("group *", "group in", true)]
    [InlineData("*", "ou ou-a1b2-devel001", true)]
    [InlineData("*", "user ada in staging", false)]
    [InlineData("group app-* in staging", "group app-dev in staging", true)]
    [InlineData("group app-* in STAGING", "group app-dev in staging", true)]
    [InlineData("group app-* in staging", "group app-dev", false)]
    [InlineData("group app-* in staging", "group app-dev in shop", false)]
    [InlineData("* in staging", "user ada in staging", true)]
    public void A_star_stands_for_all_that_begin_so_in_its_account(string pattern, string words, bool stands) => Assert.Equal(stands, SubjectPattern.Of(pattern)!.StandsFor(words));

    [Fact]
    public void Without_a_star_it_is_no_pattern() => Assert.Null(SubjectPattern.Of("group app-dev in staging"));

    [Fact]
    public void Whoever_owns_the_likes_of_a_group_at_home_owns_none_elsewhere()
    {
        var named = new[] { ("group app-dev", "ann"), ("group *", "bob"), ("* in staging", "eve") };
        var authority = new Authority([], named.ToImmutableDictionary(pair => pair.Item1, pair => ImmutableHashSet.Create(pair.Item2), StringComparer.OrdinalIgnoreCase), false);
        var home = new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.Group, "app-dev"));
        var staging = home with { In = new AccountRef("staging", "222233334444") };
        Assert.Equal((true, false, false), (authority.MayDecide("ann", home), authority.MayDecide("bob", home), authority.MayDecide("eve", home)));
        Assert.Equal((false, false, true), (authority.MayDecide("ann", staging), authority.MayDecide("bob", staging), authority.MayDecide("eve", staging)));
        // A home account with a name has the words that it had without.
        Assert.True(authority.MayDecide("ann", home with { In = new AccountRef("production", null) }));
    }

    [Fact]
    public void A_thing_stays_the_same_when_its_account_is_called_otherwise()
    {
        var home = new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.Group, "app-dev"));
        var staging = home with { In = new AccountRef("staging", "222233334444") };
        Assert.Equal<ReviewSubject>(home, home with { In = new AccountRef("production", null) });
        Assert.Equal<ReviewSubject>(staging, home with { In = new AccountRef("stage", "222233334444") });
        Assert.NotEqual<ReviewSubject>(home, staging);
        Assert.NotEqual<ReviewSubject>(staging, home with { In = new AccountRef("staging", "333344445555") });
    }
}
