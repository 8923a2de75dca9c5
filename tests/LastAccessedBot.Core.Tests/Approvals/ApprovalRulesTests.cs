using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Tests.Trims;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Tests.Approvals;

public sealed class ApprovalRulesTests
{
    private const string Admin = "console:admin", Owner = "console:owner", Stranger = "console:stranger", Requester = "console:requester";

    private static readonly DateTimeOffset s_now = SmallAccount.Now;

    public static TheoryData<ProposalState> States => [.. Enum.GetValues<ProposalState>()];

    [Theory, MemberData(nameof(States))]
    public void A_press_counts_only_where_the_life_allows_it(ProposalState state)
    {
        foreach (var press in Enum.GetValues<Press>())
        {
            var ruling = Rule(Proposals.Detach with { State = state }, press, Admin);
            var open = press switch { Press.Undo => ProposalState.Applied, Press.Reopen => ProposalState.Kept, _ => ProposalState.Proposed };
            Assert.Equal(state == open, ruling is Ruling.Granted);
            if (ruling is Ruling.Granted { To: var to }) Assert.Contains(to, ProposalLife.From(state));
            else Assert.NotEmpty(((Ruling.Denied)ruling).Why.Message);
        }
    }

    [Theory]
    [InlineData(Admin, true)]
    [InlineData(Owner, true)]
    [InlineData(Stranger, false)]
    [InlineData(Requester, false)]
    [InlineData("slack:admin", false)]
    public void Only_admins_and_owners_of_the_subject_decide(string person, bool mayDecide)
    {
        Assert.Equal(mayDecide, Rule(Proposals.Detach, Press.Approve, person) is Ruling.Granted);
        Assert.Equal(mayDecide, Rule(Proposals.Detach with { State = ProposalState.Applied }, Press.Undo, person) is Ruling.Granted);
        Assert.Equal(mayDecide, Rule(Proposals.Detach, Press.Keep, person) is Ruling.Granted);
        Assert.Equal(mayDecide, Rule(Proposals.Detach with { State = ProposalState.Kept }, Press.Reopen, person) is Ruling.Granted);
        // An owner of the group is no owner of the policy.
        Assert.Equal(person == Admin, Rule(Proposals.Delete, Press.Approve, person) is Ruling.Granted);
    }

    [Fact]
    public void Whoever_asked_may_dismiss_but_not_approve_or_keep_without_the_right()
    {
        Assert.IsType<Ruling.Denied>(Rule(Proposals.Detach, Press.Keep, Requester));
        Assert.Equal(new Ruling.Granted(ProposalState.Dismissed), Rule(Proposals.Detach, Press.Dismiss, Requester));
        Assert.IsType<Ruling.Denied>(Rule(Proposals.Detach, Press.Dismiss, Stranger));
    }

    [Fact]
    public void Four_eyes_keep_out_the_requester_and_the_approver_of_the_step_before()
    {
        Assert.IsType<Ruling.Denied>(Rule(Proposals.Delete with { RequestedBy = Admin }, Press.Approve, Admin));
        Assert.IsType<Ruling.Denied>(Rule(Proposals.Delete with { ApprovedBefore = Admin }, Press.Approve, Admin));
        Assert.IsType<Ruling.Granted>(Rule(Proposals.Delete with { ApprovedBefore = Owner }, Press.Approve, Admin));
        Assert.IsType<Ruling.Granted>(Rule(Proposals.Delete with { RequestedBy = Admin }, Press.Approve, Admin, onePerson: true));
        // Keeping changes nothing, and needs no second pair.
        Assert.Equal(new Ruling.Granted(ProposalState.Kept), Rule(Proposals.Delete with { RequestedBy = Admin }, Press.Keep, Admin));
        // Low risk needs no second pair.
        Assert.IsType<Ruling.Granted>(Rule(Proposals.Detach with { RequestedBy = Admin }, Press.Approve, Admin));
    }

    [Fact]
    public void An_expired_proposal_is_not_approved_and_says_what_to_do()
    {
        var denied = Assert.IsType<Ruling.Denied>(Rule(Proposals.Detach with { ExpiresAt = s_now }, Press.Approve, Admin));
        Assert.Contains("/unused group app-dev", denied.Why.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_kept_long_enough_is_not_suggested_again_from_its_old_card()
    {
        var kept = Proposals.Detach with { State = ProposalState.Kept, Keeping = new Keeping("Olivia Owner", "quarterly", s_now), ExpiresAt = s_now };
        var denied = Assert.IsType<Ruling.Denied>(Rule(kept, Press.Reopen, Admin));
        Assert.Contains("was kept until", denied.Why.Message, StringComparison.Ordinal);
        Assert.Contains("/unused group app-dev", denied.Why.Help, StringComparison.Ordinal);
        Assert.Equal(denied.Why, Assert.IsType<Ruling.Denied>(Rule(kept with { State = ProposalState.Expired }, Press.Reopen, Admin)).Why);
    }

    [Fact]
    public void What_is_kept_cannot_be_approved_and_says_who_keeps_it()
    {
        var denied = Assert.IsType<Ruling.Denied>(Rule(Proposals.Detach with { State = ProposalState.Kept, DecidedBy = Owner }, Press.Approve, Admin));
        Assert.Contains("was kept by `Olivia Owner` already, until", denied.Why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_of_two_hears_who_was_faster()
    {
        var denied = Assert.IsType<Ruling.Denied>(Rule(Proposals.Detach with { State = ProposalState.Applying, DecidedBy = Owner }, Press.Approve, Admin));
        Assert.Contains("approved by `Olivia Owner` already", denied.Why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_whom_to_ask() =>
        Assert.Contains("Olivia Owner", Assert.IsType<Ruling.Denied>(Rule(Proposals.Detach, Press.Approve, Stranger)).Why.Help, StringComparison.Ordinal);

    [Theory, MemberData(nameof(States))]
    public void Only_what_is_kept_goes_back_to_the_start(ProposalState state) => Assert.Equal(state == ProposalState.Kept, ProposalLife.From(state).Contains(ProposalState.Proposed));

    [Fact]
    public void Ids_of_buttons_come_back_as_they_went_out_and_nothing_else_is_read()
    {
        foreach (var id in new ChoiceId[] { new ChoiceId.OnProposal(Press.Approve, "AB12"), new ChoiceId.OnProposal(Press.Undo, "X"), new ChoiceId.OnProposal(Press.Keep, "X"), new ChoiceId.OnProposal(Press.Reopen, "X"), new ChoiceId.Run("/unused group a:b 30d"), new ChoiceId.Page("R1", 3), new ChoiceId.Home(2) })
            Assert.Equal(id, ChoiceId.Read(id.ToString()));
        foreach (var text in new[] { "", "approve", "approve:", "Approve:X", "run:", "page:R1", "page:R1:x", "page::1", "home:", "home:x", "home:1:2", "drop:table", ":" }) Assert.Null(ChoiceId.Read(text));
    }

    private static Ruling Rule(Proposal proposal, Press press, string person, bool onePerson = false) => ApprovalRules.Rule(
        proposal, press, person,
        new Authority([Admin], ImmutableDictionary<string, ImmutableHashSet<string>>.Empty.Add("group app-dev", [Owner]), onePerson),
        s_now, key => key switch { Owner => "Olivia Owner", Admin => "Adam Admin", _ => key });

    internal static class Proposals
    {
        public static Proposal Detach { get; } = Of("DETACH01", new SmallAccount()
            .With(SmallAccount.Group("app-dev"), ["P"], ["ann"]).With("P", SmallAccount.Allow("s3:*"), [SmallAccount.Group("app-dev")]).Used(SmallAccount.Group("app-dev"), ("s3", null)).Review(SmallAccount.Group("app-dev")));

        public static Proposal Delete { get; } = Of("DELETE01", new SmallAccount().With("P", SmallAccount.Allow("s3:*")).Review("P"));

        public static Proposal Of(string id, AccessReview review) =>
            new(id, "REVIEW01", review.Subject, review.Trims[0], ProposalState.Proposed, 1, Requester, s_now, s_now.AddDays(7));
    }
}
