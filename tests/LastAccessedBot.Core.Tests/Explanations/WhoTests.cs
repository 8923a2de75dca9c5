using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Explanations;
using LastAccessedBot.Core.Tests.Approvals;
using LastAccessedBot.Core.Tests.Policies;
using LastAccessedBot.Core.Tests.Trims;
using LastAccessedBot.Core.Trims;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.Explanations;

public sealed class WhoTests
{
    private static SmallAccount Team(int members) => new SmallAccount()
        .With(Group("team"), ["P"], [.. Enumerable.Range(1, members).Select(number => $"user-{number:00}")])
        .With("P", Allow("s3:*"), [Group("team")])
        .Used(Group("team"), ("s3", 3));

    [Fact]
    public void Every_member_is_told_the_newest_use_first() =>
        Snapshot.Matches("who", CardText.Of(new WhoCard(OfTeam(4, Use(User("user-03"), 3), Use(User("user-02"), 70)), "R").Page(1)));

    [Fact]
    public void Somebody_whom_AWS_lists_and_who_left_is_told_too() =>
        Assert.Equal(["left", "user-01"], OfTeam(1, Use(User("left"), 9)).People.Select(line => line.Identity.Name));

    [Fact]
    public void A_policy_serves_those_who_have_it_by_whichever_way()
    {
        var account = new SmallAccount().With("P", Allow("s3:*"), [User("ann"), Role("runner"), Group("team"), Group("idle")])
            .With(User("ann")).With(Role("runner")).With(Group("team"), ["P"], ["ann", "bob"]).With(Group("idle"), ["P"])
            .Used(PolicyArn("P"), ("s3", 1));
        var answer = WhoReading.Of(account.Facts(new ReviewSubject.OfPolicy(PolicyArn("P"))), Policy.Service("s3"), [Use(Role("runner"), 1), Use(User("bob"), null)]);
        Snapshot.Matches("who-policy", CardText.Of(new WhoCard(answer, "R").Page(1)));
    }

    [Fact]
    public void A_single_user_is_told_by_the_report_itself()
    {
        var account = new SmallAccount().With(User("ann"), ["P"]).With("P", Allow("s3:*")).Used(User("ann"), ("s3", 12));
        var answer = WhoReading.Of(account.Facts(new ReviewSubject.OfIdentity(User("ann"))), Policy.Service("s3"), []);
        Assert.Equal(Now.AddDays(-12), Assert.Single(answer.People).LastAttempt);
    }

    [Fact]
    public void Of_a_service_that_the_report_does_not_list_nothing_is_known()
    {
        var answer = WhoReading.Of(Team(3).Facts(new ReviewSubject.OfIdentity(Group("team"))), Policy.Service("s33"), []);
        var text = CardText.Of(new WhoCard(answer, "R").Page(1));
        Assert.Contains("Whether somebody used it is unknown", text);
        Assert.DoesNotContain("user-01", text);
        Assert.Contains("run:/unused who group team s3", text);
    }

    [Theory]
    [InlineData(10, 1, 10, "")]
    [InlineData(11, 1, 10, "Next page")]
    [InlineData(11, 2, 1, "Previous page")]
    [InlineData(25, 2, 10, "Previous page, Next page")]
    [InlineData(25, 99, 5, "Previous page")]
    [InlineData(25, -1, 10, "Next page")]
    public void A_long_list_has_pages(int members, int page, int rows, string buttons)
    {
        var card = new WhoCard(OfTeam(members), "R").Page(page);
        Assert.Equal(rows, Assert.Single(card.Blocks.OfType<CardBlock.Table>()).Rows.Length);
        Assert.Equal(buttons, string.Join(", ", card.Choices.Where(choice => choice.Id.StartsWith("page:R:", StringComparison.Ordinal)).Select(choice => choice.Label)));
    }

    private static WhoAnswer OfTeam(int members, params ImmutableArray<EntityUse> uses) =>
        WhoReading.Of(Team(members).Facts(new ReviewSubject.OfIdentity(Group("team"))), Policy.Service("s3"), uses);

    private static EntityUse Use(IdentityRef who, int? days) => new(who, Arn(who), "ID", days is { } ago ? Now.AddDays(-ago) : null);
}
