using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Tests.Trims;
using LastAccessedBot.Core.Trims;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.Approvals;

public sealed class ReviewCardTests
{
    private static AccessReview Team => new SmallAccount()
        .With(Group("app-dev"), ["App-Dev-Route53", "App-Dev-ElasticTranscoder"], ["nikhilj", "bob"])
        .With("App-Dev-Route53", Allow("route53:*"), [Group("app-dev")])
        .With("App-Dev-ElasticTranscoder", Allow("elastictranscoder:*"), [Group("app-dev")])
        .Used(Group("app-dev"), ("route53", 3), ("elastictranscoder", null))
        .Review(Group("app-dev"));

    private static readonly Keeping s_keeping = new("María García", "The quarterly report needs it.", Now.AddDays(90));

    private static AccessReview Narrowed => new SmallAccount()
        .With(Role("runner"), ["P"]).With("P", Allow("s3:Get*", "sqs:*", "monitoring:*"), [Role("runner")], versions: 5)
        .Used(Role("runner"), ("s3", 1), ("sqs", 120)).Review(Role("runner"));

    /// <summary>A role with so many services that AWS reports on, at most 13, and one that it does not list.</summary>
    private static AccessReview Broad(int services, int days)
    {
        int?[] ago = [0, 1, 1, 5, 7, 8, 30, 31, 90, 91, null, null, null];
        var used = ago.Take(services).Select((at, index) => (Service: $"s{index}", Days: at)).ToArray();
        return new SmallAccount { Window = ((Parsed<ReviewWindow>.Ok)ReviewWindow.Of(days)).Value }
            .With(Role("broad"), ["P"]).With("P", Allow([.. used.Select(one => $"{one.Service}:*"), "monitoring:*"]), [Role("broad")])
            .Used(Role("broad"), used).Review(Role("broad"));
    }

    [Fact]
    public void A_team_with_one_trim() => Snapshot.Matches("team", Text(Team));

    [Fact]
    public void A_policy_to_narrow() => Snapshot.Matches("narrow", Text(Narrowed));

    [Fact]
    public void A_policy_to_narrow_to_its_actions() => Snapshot.Matches("actions", Text(new SmallAccount()
        .With(Role("runner"), ["P"]).With("P", Allow("s3:*", "sqs:*"), [Role("runner")])
        .Publishes("s3", "CreateBucket", "DeleteBucket", "GetBucketAcl", "GetObject", "ListBucket", "PutBucketAcl", "PutObject")
        .Used(Role("runner"), ("s3", 1), ("sqs", 120))
        .UsedActions(Role("runner"), "s3", ("ListBucket", 1), ("CreateBucket", 100), ("DeleteBucket", null), ("PutBucketAcl", null))
        .Review(Role("runner"))));

    [Fact]
    public void Nothing_to_trim() => Snapshot.Matches("nothing", Text(new SmallAccount().With(User("ann"), ["P"]).With("P", Allow("s3:*"), [User("ann")]).Used(User("ann"), ("s3", 0)).Review(User("ann"))));

    [Fact]
    public void What_is_too_young_to_judge_is_not_called_free_of_the_unused()
    {
        var role = new SmallAccount().With(Role("r"), ["P"], days: 3).With("P", Allow("s3:*", "sqs:*"), [Role("r")]).Used(Role("r"), ("s3", null), ("sqs", null));
        Snapshot.Matches("unknown-yet", Text(role.Review(Role("r"))));
        Assert.StartsWith("[Neutral] User ‹ann›: nothing known to be unused in 90 days, 1 of 2 services unknown", Text(new SmallAccount()
            .With(User("ann"), ["P"]).With("P", Allow("s3:*", "monitoring:*"), [User("ann")]).Used(User("ann"), ("s3", 0)).Review(User("ann"))));
        Assert.StartsWith("[Neutral] Group ‹g›: nothing known to be unused in 90 days, 1 of 1 services unknown", Text(new SmallAccount()
            .With(Group("g"), ["P"], ["ann"], days: 5).With("P", Allow("s3:*"), [Group("g")]).Used(Group("g"), ("s3", null)).Review(Group("g"))));
    }

    [Fact]
    public void A_withheld_trim() => Snapshot.Matches("withheld", Text(new SmallAccount().With(Role("r"), ["P"]).With("P", Allow("s3:*", "sqs:*"), [Role("r")], tags: [("aws:cloudformation:stack-name", "orders")]).Used(Role("r"), ("s3", 1), ("sqs", null)).Review(Role("r"))));

    [Fact]
    public void A_deletion_asks_before_it_counts() => Snapshot.Matches("delete", Text(new SmallAccount().With("P", Allow("s3:*")).Review("P")));

    [Fact]
    public void A_long_review_shows_granted_against_used_at_a_glance() => Snapshot.Matches("chart", Text(Broad(13, 90)));

    [Fact]
    public void A_table_that_is_read_at_a_glance_has_no_chart_beside_it() => Assert.Empty(Card(Broad(11, 90), proposal => proposal).Blocks.OfType<CardBlock.Chart>());

    [Theory]
    [InlineData(1, "Within 1 day=3, Over 1 day ago=7, Not in tracking period=3")]
    [InlineData(7, "Within 7 days=5, Over 7 days ago=5, Not in tracking period=3")]
    [InlineData(8, "Within 7 days=5, 8 days ago=1, Over 8 days ago=4, Not in tracking period=3")]
    [InlineData(30, "Within 7 days=5, 8 to 30 days ago=2, Over 30 days ago=3, Not in tracking period=3")]
    [InlineData(90, "Within 7 days=5, 8 to 30 days ago=2, 31 to 90 days ago=2, Over 90 days ago=1, Not in tracking period=3")]
    [InlineData(400, "Within 7 days=5, 8 to 30 days ago=2, 31 to 400 days ago=3, Over 400 days ago=0, Not in tracking period=3")]
    public void The_bars_follow_the_window_and_hold_every_service_once(int days, string bars)
    {
        var chart = Assert.Single(Card(Broad(13, days), proposal => proposal).Blocks.OfType<CardBlock.Chart>());
        Assert.Equal($"{bars}, Unknown=1", string.Join(", ", chart.Bars.Select(bar => $"{bar.Label}={bar.Value}")));
        Assert.All(chart.Bars.Where(bar => bar.Value > 0), bar => Assert.Contains($"{char.ToLowerInvariant(bar.Label[0])}{bar.Label[1..]}: {bar.Value}", chart.InWords));
    }

    [Theory]
    [InlineData(ProposalState.Approved)]
    [InlineData(ProposalState.Applying)]
    [InlineData(ProposalState.Applied)]
    [InlineData(ProposalState.Kept)]
    [InlineData(ProposalState.Dismissed)]
    [InlineData(ProposalState.Expired)]
    [InlineData(ProposalState.Drifted)]
    [InlineData(ProposalState.Failed)]
    [InlineData(ProposalState.Undoing)]
    [InlineData(ProposalState.Undone)]
    public void A_trim_in_each_state_of_its_life(ProposalState state) => Snapshot.Matches($"state-{state.ToString().ToLowerInvariant()}", Text(Team, proposal => proposal with
    {
        State = state,
        DecidedBy = "console:maria",
        DecidedAt = Now,
        EndedAt = Now,
        UndoneBy = "console:nikki",
        Outcome = state is ProposalState.Failed or ProposalState.Drifted ? "Somebody changed the account since the card was made." : null,
        Keeping = state is ProposalState.Kept ? s_keeping : null,
    }));

    [Fact]
    public void What_a_second_opinion_noted_stands_with_the_outcome() =>
        Assert.Contains("\n    IAM Access Analyzer noted: warning ‹MISSING_VERSION›: Add one.\n", Text(Team, proposal => proposal with { State = ProposalState.Applied, DecidedBy = "console:maria", EndedAt = Now, Opinion = "IAM Access Analyzer noted: warning `MISSING_VERSION`: Add one." }));

    [Fact]
    public void What_was_kept_until_now_says_how_to_go_on() => Snapshot.Matches("state-keep-ended", Text(Team, proposal => proposal with { State = ProposalState.Expired, Keeping = s_keeping }));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("`code` *bold* _it_ [x](http://evil)")]
    [InlineData("\u202Eevil\u202C")]
    [InlineData("<!channel> @everyone")]
    public void A_hostile_name_stays_a_name(string hostile)
    {
        var review = new SmallAccount().With(new IdentityRef(IdentityKind.Group, hostile), ["P"], [hostile]).With("P", Allow("s3:*"), [Group(hostile)]).Used(Group(hostile), ("s3", null)).Review(Group(hostile));
        var card = Card(review, proposal => proposal);
        Assert.Contains(new Span(SpanStyle.Name, hostile), card.Title.Spans);
        Assert.DoesNotContain(Proses(card).SelectMany(prose => prose.Spans), span => span.Style != SpanStyle.Name && span.Text.Contains(hostile, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 2, "")]
    [InlineData(1, 12, "")]
    [InlineData(1, 13, "Who used s0")]
    [InlineData(1, 0, "Who used s0")]
    [InlineData(5, 0, "Who used s0, Who used s1, Who used s2")]
    public void A_list_of_users_that_is_not_here_or_not_whole_has_a_way_to_it(int services, int listed, string ways)
    {
        var review = Broad(services, 90);
        review = review with { Services = [.. review.Services.Select(line => line with { Entities = 20 })] };
        ImmutableArray<EntityUse> users = [.. Enumerable.Range(1, listed).Select(number => new EntityUse(User($"u{number}"), "arn", "ID", Now))];
        var usedBy = review.Services.Where(_ => listed > 0).ToImmutableSortedDictionary(line => line.Service, _ => users);
        var card = new ReviewCard(review, [], usedBy, [], person => person).Build();
        Assert.Equal(ways, string.Join(", ", card.Choices.Select(choice => choice.Label)));
        Assert.All(card.Choices, choice => Assert.StartsWith("run:/unused who role broad s", choice.Id, StringComparison.Ordinal));
        Assert.All(card.Blocks.OfType<CardBlock.Details>().Where(details => details.Summary == "Who used what"), details => Assert.Equal(ways.Length > 0, CardText.Of(Core.Cards.Card.Of("", details)).Contains("/unused who role broad SERVICE", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_card_survives_the_store()
    {
        var card = Card(Narrowed, proposal => proposal);
        Assert.Equal(CardJson.Write(card), CardJson.Write(CardJson.Read(CardJson.Write(card))));
        Assert.Equal(CardText.Of(card), CardText.Of(CardJson.Read(CardJson.Write(card))));
    }

    private static string Text(AccessReview review, Func<Proposal, Proposal>? with = null) => CardText.Of(Card(review, with ?? (proposal => proposal)));

    private static Card Card(AccessReview review, Func<Proposal, Proposal> with) => new ReviewCard(
        review,
        [.. review.Trims.Select((trim, index) => with(new Proposal($"TRIM000{index + 1}", "REVIEW01", review.Subject, trim, ProposalState.Proposed, 1, "console:ann", Now, Now.AddDays(7))))],
        ImmutableSortedDictionary<ServiceNamespace, ImmutableArray<EntityUse>>.Empty,
        [],
        person => person switch { "console:maria" => "María García", "console:nikki" => "Nikki Wolf", _ => person }).Build();

    private static IEnumerable<Prose> Proses(Card card) => card.Blocks.SelectMany(Proses).Append(card.Title);

    private static IEnumerable<Prose> Proses(CardBlock block) => block switch
    {
        CardBlock.Paragraph paragraph => [paragraph.Text],
        CardBlock.Facts facts => facts.Items.Select(fact => fact.Value),
        CardBlock.Table table => table.Rows.SelectMany(row => row.Cells),
        CardBlock.Details details => details.Blocks.SelectMany(Proses).Append(details.Summary),
        CardBlock.Section section => section.Blocks.SelectMany(Proses).Append(section.Title),
        CardBlock.Diff diff => [diff.Title],
        CardBlock.Progress progress => [progress.Text],
        _ => [],
    };
}
