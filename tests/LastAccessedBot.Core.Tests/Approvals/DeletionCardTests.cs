using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Tests.Trims;
using LastAccessedBot.Core.Trims;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.Approvals;

/// <summary>The card of a question before a deletion.</summary>
public sealed class DeletionCardTests
{
    private static readonly DateTimeOffset s_old = Now.AddDays(-300);

    private static AccessReview Leaver => new SmallAccount()
        .With(Group("team"), ["Team"], ["ann"]).With("Team", Allow("sqs:*"), [Group("team")])
        .With(User("ann"), ["P"], groups: ["team"], tags: [("team", "a")], user: new UserDetails(s_old, null, [new Credential(CredentialKind.AccessKey, "AKIA1", true, s_old, new LastUse(s_old, "s3"))], ["mfa1"]))
        .With("P", Allow("s3:*"), [User("ann")]).Used(User("ann"), ("s3", 300), ("sqs", null))
        .BeforeDeleting(User("ann"));

    [Fact]
    public void A_user_who_left() => Snapshot.Matches("before-deleting", CardText.Of(Card(Leaver)));

    [Fact]
    public void A_deletion_is_approved_by_typing_the_name_letter_for_letter()
    {
        var form = TypedName.Form(Leaver.Trims[^1])!;
        Assert.Contains("Nothing brings back: the password of user ann", form.About.ToString(), StringComparison.Ordinal);
        Assert.Null(form.Refuse(new Dictionary<string, string> { ["name"] = " ann " }));
        foreach (var typed in new[] { "", "Ann", "ann.", "yes" })
            Assert.Contains("letter for letter", form.Refuse(new Dictionary<string, string> { ["name"] = typed })!.ToString(), StringComparison.Ordinal);
        Assert.Null(TypedName.Form(Leaver.Trims[0]));
    }

    private static Core.Cards.Card Card(AccessReview review) => new ReviewCard(
        review,
        [.. review.Trims.Select((trim, number) => new Proposal($"P{number}", "R", review.Subject, trim, ProposalState.Proposed, 1, "console:ann", Now, Now.AddDays(7)))],
        System.Collections.Immutable.ImmutableSortedDictionary<Core.Policies.ServiceNamespace, System.Collections.Immutable.ImmutableArray<Core.Evidence.EntityUse>>.Empty, [], person => person).Build();
}
