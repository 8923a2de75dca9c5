using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Tests.Trims;
using static LastAccessedBot.Core.Tests.Approvals.ApprovalRulesTests;

namespace LastAccessedBot.Core.Tests.Approvals;

public sealed class HomeCardTests
{
    private const string Admin = "console:admin", Owner = "console:owner", Stranger = "console:stranger", Requester = "console:requester";

    private static readonly DateTimeOffset s_now = SmallAccount.Now;

    [Fact]
    public void An_admin_sees_what_waits_what_is_under_way_and_what_was_decided() => Snapshot.Matches("home-admin", Text(Admin,
        [
            Proposals.Detach,
            Proposals.Delete with { RequestedBy = Admin },
            Proposals.Detach with { Id = "DETACH02", State = ProposalState.Applying, DecidedBy = Owner, DecidedAt = s_now },
        ],
        [
            Proposals.Detach with { Id = "DETACH03", State = ProposalState.Applied, DecidedBy = Owner, DecidedAt = s_now.AddHours(-1), EndedAt = s_now },
            Proposals.Detach with { Id = "DETACH04", State = ProposalState.Dismissed, DecidedBy = Admin, DecidedAt = s_now.AddHours(-2), EndedAt = s_now.AddHours(-2) },
        ]));

    [Fact]
    public void Somebody_who_decides_about_nothing_sees_what_they_asked_for_and_whom_to_ask() => Snapshot.Matches("home-requester", Text(Requester,
        [Proposals.Detach],
        [Proposals.Detach with { Id = "DETACH02", State = ProposalState.Applied, DecidedBy = Owner, DecidedAt = s_now, EndedAt = s_now }]));

    [Fact]
    public void Where_nothing_waits_the_page_says_what_to_type() => Snapshot.Matches("home-empty", Text(Owner, [], []) + "\n" + Text(Stranger, [], []));

    /// <summary>Every button that a Home shows is granted at that moment, and none is missing of those that the card in the channel has.</summary>
    [Theory]
    [InlineData(Admin)]
    [InlineData(Owner)]
    [InlineData(Stranger)]
    [InlineData(Requester)]
    public void A_page_offers_what_the_rules_grant(string person)
    {
        foreach (var state in Enum.GetValues<ProposalState>())
        {
            foreach (var proposal in new[] { Proposals.Detach, Proposals.Delete, Proposals.Delete with { RequestedBy = Admin }, Proposals.Delete with { ApprovedBefore = Owner } }.Select(one => one with { State = state, DecidedBy = Owner, DecidedAt = s_now, EndedAt = s_now }))
            {
                var isOpen = state == ProposalState.Proposed || proposal.IsUnderWay;
                var card = Page(person, isOpen ? [proposal] : [], isOpen ? [] : [proposal]);
                var offered = Sections(card).Single().Choices.Select(choice => ((ChoiceId.OnProposal)ChoiceId.Read(choice.Id)!).Press);
                var onCard = new ProposalSection(proposal, person => person).Build().Choices.Select(choice => ((ChoiceId.OnProposal)ChoiceId.Read(choice.Id)!).Press);
                Assert.Equal(onCard.Where(press => ApprovalRules.Rule(proposal, press, person, Rights, s_now, one => one) is Ruling.Granted), offered);
            }
        }
    }

    [Fact]
    public void What_expired_stands_nowhere_though_nobody_wrote_it_down_yet() =>
        Assert.Empty(Sections(Page(Admin, [Proposals.Detach with { ExpiresAt = s_now }], [])));

    [Fact]
    public void Sixty_open_ones_are_turned_through_page_by_page_each_once_and_in_order()
    {
        var open = Enumerable.Range(0, 60).Select(number => Proposals.Detach with { Id = $"P{number:D2}" }).ToImmutableArray();
        var seen = new List<string>();
        for (var page = 1; ; page++)
        {
            var card = Page(Admin, open, [], page);
            seen.AddRange(Sections(card).Select(section => section.Id!));
            var turns = card.Blocks.OfType<CardBlock.Section>().Last().Choices;
            Assert.Equal(page == 1 ? ["home:2"] : page == 10 ? ["home:9"] : [$"home:{page - 1}", $"home:{page + 1}"], turns.Select(turn => turn.Id));
            if (page == 10) break;
        }
        Assert.Equal(open.Select(proposal => proposal.Id), seen);
        Assert.Equal(CardText.Of(Page(Admin, open, [], 10)), CardText.Of(Page(Admin, open, [], 99)));
        Assert.Equal(CardText.Of(Page(Admin, open, [], 1)), CardText.Of(Page(Admin, open, [], -1)));
    }

    [Fact]
    public void More_than_is_looked_at_is_said_to_be_more() => Assert.Contains("these are the oldest ones", CardText.Of(Of(Admin, [Proposals.Detach], [], isCutOff: true).Page(1)), StringComparison.Ordinal);

    [Theory]
    [InlineData("<!channel>")]
    [InlineData("`code` *bold*")]
    public void A_hostile_name_stays_a_name(string hostile)
    {
        var group = SmallAccount.Group(hostile);
        var review = new SmallAccount().With(group, ["P"], ["ann"]).With("P", SmallAccount.Allow("s3:*"), [group]).Used(group, ("s3", null)).Review(group);
        var about = Assert.Single(Assert.Single(Sections(Page(Admin, [Proposals.Of("X", review)], []))).Blocks.OfType<CardBlock.Facts>()).Items.Single(fact => fact.Label == "About");
        Assert.Equal(("group", new Span(SpanStyle.Name, hostile)), (about.Value.Spans[0].Text, about.Value.Spans[^1]));
    }

    [Fact]
    public void A_case_is_the_whole_section_of_the_card() =>
        Assert.Equal(CardText.Of(Card.Of("", new ProposalSection(Proposals.Detach, Name).Build())).Split('\n', 2)[1], CardText.Of(HomeCard.Case(Proposals.Detach, Name)).Split('\n', 2)[1]);

    private static Authority Rights => new([Admin], ImmutableDictionary<string, ImmutableHashSet<string>>.Empty.Add("group app-dev", [Owner]), false);

    private static IEnumerable<CardBlock.Section> Sections(Card card) => card.Blocks.OfType<CardBlock.Section>().Where(section => section.Id is not null);

    private static string Text(string person, ImmutableArray<Proposal> open, ImmutableArray<Proposal> decided) => CardText.Of(Page(person, open, decided));

    private static Card Page(string person, ImmutableArray<Proposal> open, ImmutableArray<Proposal> decided, int page = 1) => Of(person, open, decided).Page(page);

    private static HomeCard Of(string person, ImmutableArray<Proposal> open, ImmutableArray<Proposal> decided, bool isCutOff = false) => new(
        person, Rights, Home.Of(person, Rights, open, decided, s_now), isCutOff, proposal => proposal.Trim.Kind == Core.Trims.TrimKind.DeletePolicy ? null : Prose.Place("T0ACME/C0GENERAL"), Name, s_now);

    private static string Name(string person) => person switch { Owner => "Olivia Owner", Admin => "Adam Admin", Requester => "Rita Requester", _ => person };
}
