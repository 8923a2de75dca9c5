using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Tests.Policies;
using LastAccessedBot.Core.Trims;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.Trims;

/// <summary>The questions besides what is unused and what may be deleted: inline policies that become managed, caps, idle members, and several trims at once.</summary>
public sealed class OtherTasksTests
{
    private static readonly string s_queue = Allow("sqs:*");

    private static SmallAccount Inline(string document = "", (string, string)[]? tags = null, string[]? attached = null) =>
        new SmallAccount().With(User("ann"), attached, inline: [("queue", document.Length == 0 ? s_queue : document)], tags: tags);

    /// <summary>ann uses S3 by her own policy and nothing of the rest.</summary>
    private static SmallAccount Ann(string? boundary = null, string? boundaryText = null, int days = 500, (string, string)[]? tags = null)
    {
        var account = new SmallAccount().With(User("ann"), ["P"], groups: ["g"], boundary: boundary, days: days, tags: tags).With(Group("g"), ["G"], ["ann", "bob"])
            .With("P", Allow("s3:*", "sqs:*"), [User("ann")]).With("G", Allow("ec2:*", "odd:*"), [Group("g")])
            .Used(User("ann"), ("s3", 3), ("sqs", 200), ("ec2", null));
        return boundaryText is null ? account : account.With(boundary!, boundaryText, boundaryOf: [User("ann")]);
    }

    private static SmallAccount Team(int? bob = null, string[]? groupPolicies = null) => new SmallAccount()
        .With(Group("g"), groupPolicies ?? ["P"], ["ann", "bob", "cy"]).With("P", Allow("s3:*"), [Group("g")])
        .With(User("bob"), groups: ["g"]).With(User("cy"), groups: ["g"], days: 20)
        .Used(Group("g"), ("s3", 1)).Used(User("bob"), ("s3", bob)).Used(User("cy"), ("s3", null));

    [Fact]
    public void An_inline_policy_is_created_and_attached_as_a_managed_one_before_it_goes()
    {
        var trim = Assert.Single(Inline().Ask(Question.Convert, User("ann")).Trims);
        Assert.Equal(
        [
            new AccountEdit.CreatePolicy(PolicyArn("queue"), "queue", "/", "Was the inline policy queue of user ann.", ((AccountEdit.CreatePolicy)trim.Edits[0]).Tags, s_queue),
            new AccountEdit.AttachPolicy(User("ann"), PolicyArn("queue")),
            new AccountEdit.DeleteInlinePolicy(User("ann"), "queue"),
        ], trim.Edits);
        Assert.Equal((RiskGrade.Low, Question.Convert, null), (trim.Risk.Grade, trim.Answers, trim.Change!.Before));
        Assert.Empty(trim.Removed);
    }

    [Fact]
    public void A_name_that_is_taken_is_not_taken_again()
    {
        var account = Inline().With("queue", s_queue);
        Assert.Equal(PolicyArn("queue-ann"), ((AccountEdit.CreatePolicy)Assert.Single(account.Ask(Question.Convert, User("ann")).Trims).Edits[0]).PolicyArn);
        account.With("queue-ann", s_queue).With("queue-user-ann", s_queue);
        Withheld(account.Ask(Question.Convert, User("ann")), "every name that it could have");
        // Somebody who takes the name between the card and the click voids it.
        Assert.False(Assert.Single(Inline().Ask(Question.Convert, User("ann")).Trims).Basis.HoldsIn(Inline().With("queue", s_queue).State));
    }

    [Fact]
    public void An_inline_policy_stays_inline_where_AWS_or_a_template_would_refuse()
    {
        Withheld(Inline("{").Ask(Question.Convert, User("ann")), "queue could not be understood");
        Withheld(Inline(tags: [("managed-by", "terraform")]).Ask(Question.Convert, User("ann")), "Terraform manages ann");
        Withheld(Inline(Allow([.. Enumerable.Range(0, 700).Select(number => $"sqs:Do{number}")])).Ask(Question.Convert, User("ann")), "a managed policy may have 6,144");
        Withheld(Inline(attached: [.. Enumerable.Range(0, 20).Select(number => $"P{number}")]).Ask(Question.Convert, User("ann")), "20 managed policies");
        Assert.Contains("no inline policies", Assert.Single(new SmallAccount().With(User("ann")).Ask(Question.Convert, User("ann")).Remarks).Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cap_keeps_what_is_used_and_what_nobody_can_know()
    {
        var trim = Assert.Single(Ann().Ask(Question.Cap, User("ann")).Trims);
        Assert.Equal("""{"Version":"2012-10-17","Statement":[{"Sid":"ServicesInUse","Effect":"Allow","Action":["odd:*","s3:*"],"Resource":"*"}]}""", trim.Change!.After);
        Assert.Equal(PolicyArn("cap-user-ann"), ((AccountEdit.CreatePolicy)trim.Edits[0]).PolicyArn);
        Assert.Equal(new AccountEdit.PutBoundary(User("ann"), PolicyArn("cap-user-ann")), trim.Edits[1]);
        Assert.Equal(["EC2", "SQS"], trim.Removed);
        Assert.False(trim.Risk.NeedsFourEyes);
    }

    [Fact]
    public void A_cap_on_a_role_takes_four_eyes_as_AWS_does_not_report_what_resources_give_it()
    {
        var trim = Assert.Single(new SmallAccount().With(Role("job"), ["P"]).With("P", Allow("s3:*", "sqs:*"), [Role("job")]).Used(Role("job"), ("s3", 1), ("sqs", null)).Ask(Question.Cap, Role("job")).Trims);
        Assert.True(trim.Risk.NeedsFourEyes);
        Assert.Contains(trim.Risk.Reasons, reason => reason.ToString().Contains("buckets, queues and keys", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cap_that_is_there_is_only_ever_narrowed()
    {
        const string Old = """{"Version":"2012-10-17","Statement":[{"Sid":"Old","Effect":"Allow","Action":["s3:Get*","ec2:*"],"Resource":"*"},{"Effect":"Deny","Action":"s3:GetObjectAcl","Resource":"*"}]}""";
        var trim = Assert.Single(Ann("Old", Old).Ask(Question.Cap, User("ann")).Trims);
        Assert.Equal(Old.Replace(",\"ec2:*\"", "", StringComparison.Ordinal), trim.Change!.After);
        Assert.Equal(Old, trim.Change.Before);
        Assert.Contains(trim.Notes, note => note.ToString().Contains("takes the place of the boundary Old", StringComparison.Ordinal));
        Assert.Contains("lets nothing through that is unused", Assert.Single(Ann("Old", Allow("s3:*")).Ask(Question.Cap, User("ann")).Remarks).Text.ToString(), StringComparison.Ordinal);
        Withheld(Ann("Old", Allow("rds:*")).Ask(Question.Cap, User("ann")), "allows nothing of what it uses");
        Withheld(Ann("Old", "{").Ask(Question.Cap, User("ann")), "Old cannot be narrowed");
        Withheld(Ann("Old").Ask(Question.Cap, User("ann")), "could not be read");
    }

    [Fact]
    public void The_settings_services_stay_within_every_cap()
    {
        var account = Ann();
        account.Guards = Guards.None with { Services = [Policy.Service("ec2"), Policy.Service("sts")] };
        var trim = Assert.Single(account.Ask(Question.Cap, User("ann")).Trims);
        Assert.Contains("\"Action\":[\"ec2:*\",\"odd:*\",\"s3:*\",\"sts:*\"]", trim.Change!.After, StringComparison.Ordinal);
        Assert.Equal(["SQS"], trim.Removed);
    }

    [Fact]
    public void Nobody_is_capped_on_evidence_that_does_not_carry_it()
    {
        Assert.Empty(Ann(days: 20).Ask(Question.Cap, User("ann")).Trims);
        Assert.Empty(Ann().Failed(User("ann")).Ask(Question.Cap, User("ann")).Trims);
        Assert.Empty(Ann(tags: [("LastAccessedBot", "leave-alone")]).Ask(Question.Cap, User("ann")).Trims);
        var idle = new SmallAccount().With(User("ann"), ["P"]).With("P", Allow("s3:*"), [User("ann")]).Used(User("ann"), ("s3", null)).Ask(Question.Cap, User("ann"));
        Assert.Empty(idle.Trims);
        Assert.Equal("/unused delete user ann", Assert.Single(idle.Remarks).Command);
        Withheld(new SmallAccount().With(User("ann"), ["Gone"]).Used(User("ann")).Ask(Question.Cap, User("ann")), "is attached and could not be read");
        Withheld(Ann().With("cap-user-ann", s_queue).With("cap-user-ann-2", s_queue).With("cap-user-ann-3", s_queue).Ask(Question.Cap, User("ann")), "every name that the boundary could have");
    }

    [Fact]
    public void A_member_whose_own_report_shows_no_use_leaves_and_the_young_and_the_busy_stay()
    {
        var review = Team().Ask(Question.Members, Group("g"));
        var trim = Assert.Single(review.Trims);
        Assert.Equal(new AccountEdit.RemoveUserFromGroup("g", "bob"), Assert.Single(trim.Edits));
        Assert.Equal((TrimKind.IdleMember, Question.Members, "leave group g user bob"), (trim.Kind, trim.Answers, trim.Key));
        Assert.Equal("1 of 3 members of group g used nothing of it in 90 days", review.Title!.ToString());
        Assert.Empty(Team(bob: 10).Ask(Question.Members, Group("g")).Trims);
    }

    [Fact]
    public void The_same_suggestion_has_the_same_key_on_the_members_own_card() =>
        Assert.Equal(Assert.Single(Team().Ask(Question.Members, Group("g")).Trims).Key, Assert.Single(Team().Review(User("bob")).Trims).Key);

    [Fact]
    public void One_member_without_a_report_is_told_of_and_spoils_nothing()
    {
        var review = Team().With(User("ann"), groups: ["g"]).Failed(User("ann")).Ask(Question.Members, Group("g"));
        Assert.Single(review.Trims);
        Assert.Contains("AWS gave no report on ann, who stays.", review.Remarks.Select(remark => remark.Text.ToString()));
    }

    [Fact]
    public void Nobody_is_idle_in_a_group_that_is_empty_gives_nothing_or_cannot_be_read()
    {
        foreach (var account in new[] { new SmallAccount().With(Group("g")), Team(groupPolicies: []), Team().With("P", "{", [Group("g")]), Team().With("P", """{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}""", [Group("g")]) })
            Assert.Empty(account.Ask(Question.Members, Group("g")).Trims);
    }

    [Fact]
    public void A_membership_whose_policies_were_detached_is_not_suggested_any_more()
    {
        Assert.Single(Team().Review(User("bob")).Trims);
        Assert.Empty(Team(groupPolicies: []).Review(User("bob")).Trims);
    }

    [Fact]
    public void Several_trims_of_a_card_are_one_plan_that_takes_whole_ways_away_first()
    {
        var review = Busy("N", "P").Review(User("ann"));
        var parts = Together.Of(review.Trims);
        Assert.Equal([TrimKind.StaleMembership, TrimKind.DetachPolicy, TrimKind.DeleteInlinePolicy, TrimKind.NarrowPolicy], parts.Select(part => part.Kind));
        var joined = Together.Joined(review.Subject, parts);
        Assert.Equal(parts.SelectMany(part => part.Edits), joined.Edits);
        Assert.Equal(["EC2", "KMS", "RDS", "SQS"], joined.Removed);
        Assert.Equal("4 trims of user ann together", joined.Title.ToString());
        Assert.True(joined.Basis.HoldsIn(Busy("N", "P").State));
        Assert.False(joined.Basis.HoldsIn(Busy("N").State));
    }

    [Fact]
    public void Alternatives_and_deletions_do_not_go_together()
    {
        var one = Assert.Single(Inline().Ask(Question.Convert, User("ann")).Trims);
        Assert.Empty(Together.Of([one]));
        Assert.Empty(Together.Of([one, one with { Key = "another" }]));
        var deletion = Assert.Single(new SmallAccount().With("P", s_queue).Review("P").Trims);
        Assert.Empty(Together.Of([one, deletion]));
    }

    private static SmallAccount Busy(params string[] attached) => new SmallAccount()
        .With(User("ann"), attached, groups: ["g"], inline: [("queue", s_queue)]).With(Group("g"), ["G"], ["ann", "bob"])
        .With("N", Allow("s3:*", "kms:*"), [User("ann")]).With("P", Allow("rds:*"), [User("ann")]).With("G", Allow("ec2:*"), [Group("g")])
        .Used(User("ann"), ("s3", 1), ("kms", null), ("rds", null), ("ec2", null), ("sqs", null));

    private static void Withheld(AccessReview review, string why)
    {
        Assert.Empty(review.Trims);
        Assert.Contains(review.Withheld, withheld => withheld.Why.ToString().Contains(why, StringComparison.Ordinal));
    }
}
