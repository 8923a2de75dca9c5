using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Explanations;
using LastAccessedBot.Core.Tests.Approvals;
using LastAccessedBot.Core.Tests.Policies;
using LastAccessedBot.Core.Tests.Trims;
using LastAccessedBot.Core.Trims;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.Explanations;

public sealed class WhyTests
{
    private const string Buckets = """{"Version":"2012-10-17","Statement":[{"Sid":"Own","Effect":"Allow","Action":["s3:Get*","s3:List*"],"Resource":"arn:aws:s3:::own-*"},{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]}""";
    private const string Secure = """{"Version":"2012-10-17","Statement":{"Sid":"Secure","Effect":"Deny","NotAction":["iam:*","s3:List*"],"Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}}""";

    private static readonly GrantingPolicy s_team = new("Team", PolicyArn("Team"), null), s_own = new("own-buckets", null, User("ann"));

    private static SmallAccount Ann => new SmallAccount()
        .With(User("ann"), ["Secure"], groups: ["team"], inline: [("own-buckets", Buckets)], boundary: "Cap")
        .With(Group("team"), ["Team"], ["ann"])
        .With("Team", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":["iam:*","s3:Delete*"],"Resource":"*"}}""", [Group("team")])
        .With("Secure", Secure, [User("ann")])
        .With("Cap", Allow("s3:*", "sqs:*"), boundaryOf: [User("ann")])
        .Used(User("ann"), ("s3", 3), ("ec2", null), ("lambda", null));

    [Fact]
    public void Every_way_to_the_service_is_told_with_what_stands_against_it() => Snapshot.Matches("why", Text(Ann, "s3", s_team, s_own));

    [Fact]
    public void What_no_policy_grants_is_an_answer() => Snapshot.Matches("why-not", Text(Ann, "iam"));

    [Fact]
    public void What_a_boundary_does_not_name_it_stops()
    {
        var answer = Answer(Ann, "lambda", s_team);
        Assert.True(answer.Boundary!.Closes);
        Assert.Contains("lets nothing of it through", Text(Ann, "lambda", s_team));
        Assert.Contains("stopped by its permissions boundary", Text(Ann, "lambda", s_team));
    }

    [Theory]
    [InlineData("s3:*", true, false)]
    [InlineData("s3:Get*", false, false)]
    [InlineData("sqs:*", false, true)]
    public void A_boundary_lets_all_through_or_some_or_nothing(string capped, bool isOpen, bool closes)
    {
        var answer = Answer(new SmallAccount().With(Role("r"), ["P"], boundary: "Cap").With("P", Allow("s3:*")).With("Cap", Allow(capped)), "s3");
        Assert.Equal((isOpen, closes), (answer.Boundary!.IsOpen, answer.Boundary.Closes));
    }

    [Fact]
    public void A_boundary_that_could_not_be_read_is_unknown()
    {
        var account = new SmallAccount().With(Role("r"), ["P"], boundary: "Cap").With("P", Allow("s3:*"));
        Assert.Contains("could not be read", Text(account, "s3", new GrantingPolicy("P", PolicyArn("P"), null)));
    }

    [Fact]
    public void A_denial_of_everything_leaves_nothing_of_the_grant()
    {
        var account = new SmallAccount().With(Role("r"), ["P"]).With("P", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*"}]}""").Used(Role("r"), ("s3", 1));
        Assert.True(Answer(account, "iam").IsDenied);
        Assert.False(Answer(account, "s3").IsDenied);
        // A service that a denial names is no slip of the keyboard, though the report does not list it.
        Assert.Empty(Answer(account, "iam").Near);
        Assert.Contains("granted to role ‹r›, and denied again", Text(account, "iam"));
    }

    [Fact]
    public void Where_AWS_says_otherwise_both_readings_are_told()
    {
        var text = Text(Ann, "s3", s_own, new GrantingPolicy("Stray", null, Group("team")));
        Assert.Contains("names ‹Stray› (inline in group ‹team›) too", text);
        Assert.Contains("does not name ‹Team›", text);
        Assert.DoesNotContain("says the same", text);
    }

    [Fact]
    public void An_inline_policy_of_the_same_name_on_somebody_else_is_another_one() =>
        Assert.False(Answer(Ann, "s3", s_team, s_own with { InlineOn = Group("team") }).Agrees);

    [Fact]
    public void Without_a_list_of_AWS_the_answer_stands_on_the_policies_and_says_so()
    {
        var answer = WhyReading.Of(Facts(Ann), Policy.Service("s3"), null, new Parsed<ImmutableArray<GrantingPolicy>>.Bad(new Refusal("AWS refused `IAM.ListPoliciesGrantingServiceAccess`: `AccessDenied`")));
        Assert.False(answer.Agrees);
        Assert.Contains("AWS gave no list of its own", CardText.Of(new WhyCard(answer).Build()));
    }

    [Fact]
    public void A_policy_that_cannot_be_understood_makes_the_answer_unknown_there()
    {
        var account = new SmallAccount().With(Role("r"), ["P"]).With("P", "{}").Used(Role("r"));
        var text = Text(account, "s3", new GrantingPolicy("P", PolicyArn("P"), null));
        Assert.Contains("could not be understood: whether it grants ‹s3› is unknown", text);
        Assert.Contains("AWS's own list says that ‹P›, which could not be understood here, grants it", text);
    }

    [Theory]
    [InlineData("s33", "s3")]
    [InlineData("lamda", "lambda")]
    [InlineData("s3", null)]
    [InlineData("quantumledger", null)]
    public void A_service_that_nobody_knows_gets_near_ones(string typed, string? near) =>
        Assert.Equal(near, Answer(Ann, typed).Near.Select(service => service.Value).FirstOrDefault());

    [Fact]
    public void Of_an_empty_group_nobody_knows_the_use() =>
        Assert.Contains("The group has no members", Text(new SmallAccount().With(Group("g"), ["P"]).With("P", Allow("s3:*")), "s3"));

    private static ReviewFacts Facts(SmallAccount account) => account.Facts(new ReviewSubject.OfIdentity(account.State.Identities.Keys.OrderBy(name => name.Kind == IdentityKind.Group).First()));

    private static WhyAnswer Answer(SmallAccount account, string service, params ImmutableArray<GrantingPolicy> granting) =>
        WhyReading.Of(Facts(account), Policy.Service(service), account.State.Policies.GetValueOrDefault(PolicyArn("Cap")), new Parsed<ImmutableArray<GrantingPolicy>>.Ok(granting));

    private static string Text(SmallAccount account, string service, params ImmutableArray<GrantingPolicy> granting) => CardText.Of(new WhyCard(Answer(account, service, granting)).Build());
}
