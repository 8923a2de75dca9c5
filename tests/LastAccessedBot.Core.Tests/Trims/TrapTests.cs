using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.Trims;

/// <summary>The traps that others fell into, each with its verdict.</summary>
public sealed class TrapTests
{
    [Fact]
    public void A_policy_that_is_only_a_boundary_is_in_use()
    {
        var review = new SmallAccount().With("Cap", Allow("s3:*"), boundaryOf: [User("ann")]).Review("Cap");
        Assert.Empty(review.Trims);
        Assert.Contains("permissions boundary of user ann", Assert.Single(review.Remarks).Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_is_also_a_boundary_is_not_narrowed()
    {
        var review = new SmallAccount().With(Role("r"), ["Cap"]).With("Cap", Allow("s3:*", "sqs:*"), [Role("r")], boundaryOf: [User("ann")])
            .Used(Role("r"), ("s3", 1), ("sqs", null)).Review(Role("r"));
        Assert.Empty(review.Trims);
        Assert.NotNull(Assert.Single(review.Withheld).Template);
    }

    [Theory]
    [InlineData("iam:PassRole", true)]
    [InlineData("iam:Pass*", true)]
    [InlineData("IAM:passrole", true)]
    [InlineData("iam:*", false)]
    [InlineData("iam:GetRole", false)]
    public void Pass_role_is_never_called_unused(string action, bool isUnknown)
    {
        var review = new SmallAccount().With(User("ann"), ["P"]).With("P", Allow(action), [User("ann")]).Used(User("ann"), ("iam", null)).Review(User("ann"));
        Assert.Equal(isUnknown, review.Services.Single().Verdict is Verdict.Unknown);
        Assert.Equal(isUnknown ? 0 : 1, review.Trims.Length);
    }

    [Fact]
    public void A_policy_that_only_denies_is_left_alone()
    {
        var review = new SmallAccount().With(User("ann"), ["D"]).With("D", """{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}""", [User("ann")]).Used(User("ann")).Review(User("ann"));
        Assert.Empty(review.Trims);
        Assert.Contains("only denies", Assert.Single(review.Remarks).Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_also_denies_is_not_taken_away()
    {
        const string Both = """{"Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"},{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}""";
        var account = new SmallAccount().With(User("ann"), ["Both", "S3"]).With("Both", Both, [User("ann")]).With("S3", Allow("s3:*"), [User("ann")])
            .Used(User("ann"), ("s3", 1), ("sqs", null)).Used(PolicyArn("Both"), ("sqs", null));
        foreach (var review in new[] { account.Review(User("ann")), account.Review("Both") })
        {
            Assert.Empty(review.Trims);
            Assert.Contains("also denies", Assert.Single(review.Withheld).Why.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_policies_that_each_deny_what_the_other_may_allow_are_not_taken_off_piece_by_piece()
    {
        const string One = """{"Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"},{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}""";
        const string Other = """{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"sqs:SendMessage","Resource":"*"}]}""";
        var review = new SmallAccount().With(User("ann"), ["One", "Other"], user: new UserDetails(null, null, [], [])).With("One", One, [User("ann")]).With("Other", Other, [User("ann")])
            .Used(User("ann"), ("s3", null), ("sqs", null)).BeforeDeleting(User("ann"));
        Assert.Empty(review.Trims);
        Assert.Contains(review.Withheld, withheld => withheld.Why.ToString().Contains("One and Other both allow and deny", StringComparison.Ordinal));
    }

    [Fact]
    public void A_group_of_which_something_denies_is_not_left()
    {
        const string Deny = """{"Statement":{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}}""";
        var review = new SmallAccount().With(User("ann"), ["S3"], groups: ["g"]).With(Group("g"), ["Sqs", "Deny"], ["ann"]).With("S3", Allow("s3:*"), [User("ann")]).With("Sqs", Allow("sqs:*"), [Group("g")]).With("Deny", Deny, [Group("g")])
            .Used(User("ann"), ("s3", 1), ("sqs", null)).Review(User("ann"));
        Assert.Empty(review.Trims);
        Assert.Contains("Deny also denies", Assert.Single(review.Withheld).Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_idle_group_loses_a_busy_shared_policy_but_does_not_narrow_it()
    {
        var idle = new SmallAccount().With(Group("g"), ["Shared"], ["ann"]).With("Shared", Allow("s3:*", "sqs:*"), [Group("g"), Role("r")]);
        Assert.Equal(new AccountEdit.DetachPolicy(Group("g"), PolicyArn("Shared")), Assert.Single(Assert.Single(idle.Used(Group("g"), ("s3", null), ("sqs", 200)).Review(Group("g")).Trims).Edits));
        var busy = idle.Used(Group("g"), ("s3", 1), ("sqs", null)).Review(Group("g"));
        Assert.Empty(busy.Trims);
        Assert.Equal("/unused policy Shared", Assert.Single(busy.Remarks).Command);
    }

    [Fact]
    public void A_failed_report_and_no_report_leave_everything_unknown()
    {
        var account = new SmallAccount().With(User("ann"), ["P"]).With("P", Allow("s3:*"), [User("ann")]);
        foreach (var review in new[] { account.Review(User("ann")), account.Failed(User("ann")).Review(User("ann")) })
        {
            Assert.IsType<Verdict.Unknown>(Assert.Single(review.Services).Verdict);
            Assert.Empty(review.Trims);
        }
    }

    [Fact]
    public void Of_five_versions_the_oldest_that_is_not_the_default_makes_room()
    {
        var trim = Assert.Single(new SmallAccount().With(Role("r"), ["P"]).With("P", Allow("s3:*", "sqs:*"), [Role("r")], versions: 5).Used(Role("r"), ("s3", 1), ("sqs", null)).Review(Role("r")).Trims);
        Assert.Equal(new AccountEdit.DeletePolicyVersion(PolicyArn("P"), "v1"), trim.Edits[0]);
        Assert.Equal(new AccountEdit.CreatePolicyVersion(PolicyArn("P"), Allow("s3:*"), SetAsDefault: true), trim.Edits[1]);
    }

    [Fact]
    public void A_renamed_or_absent_namespace_is_unknown_and_stays()
    {
        var review = new SmallAccount().With(Role("r"), ["P"]).With("P", Allow("monitoring:*", "s3:*", "sqs:*"), [Role("r")]).Used(Role("r"), ("s3", 1), ("sqs", null)).Review(Role("r"));
        Assert.IsType<Verdict.Unknown>(review.Services.Single(line => line.Service.Value == "monitoring").Verdict);
        Assert.Contains("monitoring:*", Assert.Single(review.Trims).Change!.After, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 500)]
    [InlineData(500, 1)]
    public void A_young_role_or_a_policy_changed_yesterday_is_not_judged(int roleDays, int policyDays)
    {
        var review = new SmallAccount().With(Role("r"), ["P"], days: roleDays).With("P", Allow("s3:*"), [Role("r")], days: policyDays).Used(Role("r"), ("s3", null)).Review(Role("r"));
        Assert.IsType<Verdict.Unknown>(Assert.Single(review.Services).Verdict);
        Assert.Empty(review.Trims);
    }

    [Fact]
    public void A_young_identity_makes_its_shared_policy_unknown()
    {
        var review = new SmallAccount().With(Role("old"), ["P"]).With(Role("new"), ["P"], days: 3).With("P", Allow("s3:*"), [Role("old"), Role("new")]).Used(PolicyArn("P"), ("s3", null)).Review("P");
        Assert.Empty(review.Trims);
    }

    [Fact]
    public void An_aws_managed_policy_is_detached_when_unused_and_never_edited()
    {
        var account = new SmallAccount().With(User("ann"), [AwsArn("Power")]).With(AwsArn("Power"), Allow("s3:*", "sqs:*"), [User("ann"), User("bob")]);
        Assert.Equal(TrimKind.DetachPolicy, Assert.Single(account.Used(User("ann"), ("s3", null), ("sqs", null)).Review(User("ann")).Trims).Kind);
        Assert.Empty(account.Used(User("ann"), ("s3", 1), ("sqs", null)).Review(User("ann")).Trims);
    }

    [Fact]
    public void A_service_linked_role_is_never_touched()
    {
        var review = new SmallAccount().With(Role("AWSServiceRoleForX"), ["P"], path: "/aws-service-role/x.amazonaws.com/").With("P", Allow("s3:*"), [Role("AWSServiceRoleForX")]).Used(Role("AWSServiceRoleForX"), ("s3", null)).Review(Role("AWSServiceRoleForX"));
        Assert.Empty(review.Trims);
        Assert.Single(review.Withheld);
    }

    [Fact]
    public void What_a_template_manages_is_withheld_with_the_document_for_it()
    {
        foreach (var tag in new[] { ("aws:cloudformation:stack-name", "orders"), ("managed-by", "terraform"), ("ManagedBy", "Terraform"), ("terraform", "true") })
        {
            var review = new SmallAccount().With(Role("r"), ["P"]).With("P", Allow("s3:*", "sqs:*"), [Role("r")], tags: [tag]).Used(Role("r"), ("s3", 1), ("sqs", null)).Review(Role("r"));
            Assert.Empty(review.Trims);
            Assert.Equal(Allow("s3:*"), Assert.Single(review.Withheld).Template!.After);
        }
    }

    [Fact]
    public void What_is_to_be_left_alone_is_shown_and_withheld()
    {
        var tagged = new SmallAccount().With(Role("r"), ["P"], tags: [("LastAccessedBot", "leave-alone")]).With("P", Allow("s3:*"), [Role("r")]).Used(Role("r"), ("s3", null));
        var named = new SmallAccount { Guards = Guards.None with { LeaveAlone = ["role r*"] } }.With(Role("run"), ["P"]).With("P", Allow("s3:*"), [Role("run")]).Used(Role("run"), ("s3", null));
        var policy = new SmallAccount { Guards = Guards.None with { LeaveAlone = ["policy P"] } }.With(Role("run"), ["P"]).With("P", Allow("s3:*"), [Role("run")]).Used(Role("run"), ("s3", null));
        foreach (var review in new[] { tagged.Review(Role("r")), named.Review(Role("run")), policy.Review(Role("run")) })
        {
            Assert.Empty(review.Trims);
            Assert.Single(review.Withheld);
        }
    }

    [Fact]
    public void Protected_services_stay_in_what_is_narrowed()
    {
        var account = new SmallAccount { Guards = Guards.None with { Services = [LastAccessedBot.Core.Tests.Policies.Policy.Service("kms")] } }
            .With(Role("r"), ["P"]).With("P", Allow("s3:*", "kms:*", "sqs:*"), [Role("r")]).Used(Role("r"), ("s3", 1), ("kms", null), ("sqs", null));
        Assert.Equal(Allow("s3:*", "kms:*"), Assert.Single(account.Review(Role("r")).Trims).Change!.After);
    }

    [Fact]
    public void An_empty_group_and_an_unattached_young_policy_suggest_nothing()
    {
        Assert.Empty(new SmallAccount().With(Group("g"), ["P"]).With("P", Allow("s3:*"), [Group("g")]).Review(Group("g")).Trims);
        var young = new SmallAccount().With("P", Allow("s3:*"), days: 5).Review("P");
        Assert.Empty(young.Trims);
        Assert.Single(young.Withheld);
    }

    [Fact]
    public void An_old_policy_that_is_attached_to_nothing_may_go_with_four_eyes()
    {
        var trim = Assert.Single(new SmallAccount().With("P", Allow("s3:*"), versions: 3).Review("P").Trims);
        Assert.True(trim.Risk.NeedsFourEyes);
        Assert.Equal(
            [new AccountEdit.DeletePolicyVersion(PolicyArn("P"), "v1"), new AccountEdit.DeletePolicyVersion(PolicyArn("P"), "v2"), new AccountEdit.DeletePolicy(PolicyArn("P"))],
            trim.Edits);
    }

    [Fact]
    public void A_document_that_nobody_understands_is_remarked_and_left_alone()
    {
        var review = new SmallAccount().With(User("ann"), ["P"]).With("P", """{"Statement":{"Effect":"Allow","Action":"s3:*","NotAction":"ec2:*"}}""", [User("ann")]).Used(User("ann"), ("s3", null)).Review(User("ann"));
        Assert.Empty(review.Trims);
        Assert.Contains("could not be understood", Assert.Single(review.Remarks).Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_with_a_policy_that_nobody_understands_is_not_left()
    {
        var review = new SmallAccount().With(User("ann"), groups: ["g"]).With(Group("g"), ["P", "Q"], ["ann"])
            .With("P", "{}", [Group("g")]).With("Q", Allow("s3:*"), [Group("g")]).Used(User("ann"), ("s3", null)).Review(User("ann"));
        Assert.Empty(review.Trims);
    }

    [Fact]
    public void The_same_service_by_three_paths_is_shown_with_all_and_each_trim_names_the_others()
    {
        var review = new SmallAccount().With(User("ann"), ["Own"], groups: ["a", "b"]).With(Group("a"), ["A"], ["ann", "bob"]).With(Group("b"), ["B"], ["ann", "bob"])
            .With("Own", Allow("s3:*"), [User("ann")]).With("A", Allow("s3:Get*"), [Group("a")]).With("B", Allow("S3:PutObject"), [Group("b")])
            .Used(User("ann"), ("s3", null)).Review(User("ann"));
        Assert.Equal(["Own directly", "A through group a", "B through group b"], Assert.Single(review.Services).Paths.Select(path => path.ToString()));
        Assert.Equal([TrimKind.DetachPolicy, TrimKind.StaleMembership, TrimKind.StaleMembership], review.Trims.Select(trim => trim.Kind));
        Assert.All(review.Trims, trim => Assert.Contains("stays reachable by", Assert.Single(trim.Notes).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Inline_policies_are_narrowed_in_place_or_deleted()
    {
        var review = new SmallAccount().With(Role("r"), inline: [("half", Allow("s3:*", "sqs:*")), ("none", Allow("sns:*"))]).Used(Role("r"), ("s3", 1), ("sqs", null), ("sns", null)).Review(Role("r"));
        Assert.Equal([new AccountEdit.PutInlinePolicy(Role("r"), "half", Allow("s3:*")), new AccountEdit.DeleteInlinePolicy(Role("r"), "none")], review.Trims.Select(trim => trim.Edits.Single()));
    }

    [Fact]
    public void A_star_is_narrowed_to_what_was_used_and_warns_of_what_is_not_reported()
    {
        var trim = Assert.Single(new SmallAccount().With(Role("r"), ["P"]).With("P", Allow("*"), [Role("r")]).Used(Role("r"), ("s3", 1), ("sqs", null)).Review(Role("r")).Trims);
        Assert.Equal(Allow("s3:*"), trim.Change!.After);
        Assert.Contains(trim.Risk.Reasons, reason => reason.ToString().Contains("does not report on", StringComparison.Ordinal));
    }

    [Fact]
    public void A_window_beyond_what_aws_remembers_is_no_window() => Assert.IsType<Parsed<ReviewWindow>.Bad>(ReviewWindow.Of(401));

    [Fact]
    public void A_path_with_slashes_is_no_part_of_a_policys_name()
    {
        const string Arn = "arn:aws:iam::123456789012:policy/teams/billing/Export";
        var trim = Assert.Single(new SmallAccount().With(User("ann"), [Arn], path: "/teams/billing/").With(Arn, Allow("s3:*"), [User("ann")]).Used(User("ann"), ("s3", null)).Review(User("ann")).Trims);
        Assert.Equal("Detach Export from user ann", trim.Title.ToString());
        Assert.Equal([new AccountEdit.DetachPolicy(User("ann"), Arn)], trim.Edits);
    }

    [Fact]
    public void Somebody_new_of_the_same_name_is_not_whom_the_card_was_about()
    {
        var basis = Assert.Single(Ann("AIDA1").Review(User("ann")).Trims).Basis;
        Assert.True(basis.HoldsIn(Ann("AIDA1").State));
        Assert.False(basis.HoldsIn(Ann("AIDA2").State));

        static SmallAccount Ann(string id) => new SmallAccount().With(User("ann"), ["P"], id: id).With("P", Allow("s3:*"), [User("ann")]).Used(User("ann"), ("s3", null));
    }

    [Fact]
    public void A_fingerprint_tells_every_change_that_a_trim_rests_on()
    {
        var account = () => new SmallAccount().With(Group("g"), ["P"], ["ann"]).With("P", Allow("s3:*"), [Group("g")]).Used(Group("g"), ("s3", null));
        var print = Assert.Single(account().Review(Group("g")).Trims).Basis.Fingerprint;
        Assert.Equal(print, Assert.Single(account().Review(Group("g")).Trims).Basis.Fingerprint);
        Assert.NotEqual(print, Assert.Single(account().With(Group("g"), ["P"], ["ann", "bob"]).Review(Group("g")).Trims).Basis.Fingerprint);
        Assert.NotEqual(print, Assert.Single(account().With("P", Allow("s3:Get*"), [Group("g")]).Review(Group("g")).Trims).Basis.Fingerprint);
        Assert.NotEqual(print, Assert.Single(account().With("P", Allow("s3:*"), [Group("g")], versions: 2).Review(Group("g")).Trims).Basis.Fingerprint);
    }
}
