using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Tests.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Tests.Trims;

public sealed class OrganizationTests
{
    private const string NewServices = """
        {
          "Version": "2012-10-17",
          "Statement": [
            { "Sid": "New", "Effect": "Allow", "Action": ["lex:*", "dms:*", "bedrock:*"], "Resource": "*" }
          ]
        }
        """;

    private static readonly (string, int?)[] s_used = [("lex", 200), ("dms", null), ("bedrock", 2), ("s3", 1)];

    [Fact]
    public void Idle_services_are_denied_in_the_SCP_that_names_them_and_its_other_bytes_stay()
    {
        var trim = Assert.Single(Usual().Scp("New", NewServices, ["dev", "lab", "1"]).Used("dev", s_used).Review("dev").Trims);
        Assert.Equal((TrimKind.DenyIdleServices, "Deny DMS and LEX in New", RiskGrade.High), (trim.Kind, trim.Title.ToString(), trim.Risk.Grade));
        var after = Assert.IsType<AccountEdit.UpdateScp>(Assert.Single(trim.Edits)).Content;
        Assert.Equal(NewServices.Replace("\"Resource\": \"*\" }", """
            "Resource": "*" },
                {"Sid":"DenyUnusedServices","Effect":"Deny","Action":["dms:*","lex:*"],"Resource":"*"}
            """, StringComparison.Ordinal), after);
        Assert.Contains(trim.Notes, note => note.ToString() == "New is attached to account name of 1 (1), OU name of dev (dev), OU name of lab (lab). The change holds for all of it.");
        Assert.Contains("3 accounts", trim.TakesAway.ToString());
        Assert.Equal(["DMS", "LEX"], trim.Removed);
    }

    [Fact]
    public void A_target_outside_withholds_it_and_is_named()
    {
        var review = Usual().Scp("New", NewServices, ["dev", "4"]).Used("dev", s_used).Review("dev");
        var withheld = Assert.Single(review.Withheld);
        Assert.Equal("Deny DMS and LEX in New", withheld.Title.ToString());
        Assert.Contains("account name of 4 (4), outside of OU name of dev (dev)", withheld.Why.ToString());
        // Denied for the unit alone, it reaches nobody else.
        Assert.Equal(["DenyUnused-dev", "DenyUnused-dev"], Assert.Single(review.Trims).Edits.Select(Name));
    }

    [Fact]
    public void Without_an_SCP_of_its_own_a_new_one_is_made_and_attached()
    {
        var trim = Assert.Single(Usual().Used("dev", s_used).Review("dev").Trims);
        Assert.Collection(trim.Edits,
            edit => Assert.Equal("""{"Version":"2012-10-17","Statement":[{"Sid":"DenyUnusedServices","Effect":"Deny","Action":["dms:*","lex:*"],"Resource":"*"}]}""", Assert.IsType<AccountEdit.CreateScp>(edit).Content),
            edit => Assert.Equal(new AccountEdit.AttachScp("DenyUnused-dev", new EntityRef(EntityKind.Unit, "dev", "name of dev")), edit));
        Assert.Contains(trim.Notes, note => note.ToString().Contains("one of the 10 places that OU name of dev (dev) has; 1 are taken", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_that_is_taken_elsewhere_is_not_taken_again() =>
        Assert.Equal(["DenyUnused-dev-2", "DenyUnused-dev-2"], Assert.Single(Usual().Scp("DenyUnused-dev", NewServices, ["prod"]).Used("dev", s_used).Review("dev").Trims).Edits.Select(Name));

    [Fact]
    public void One_that_only_denies_already_takes_more_in()
    {
        var trim = Assert.Single(Usual().Scp("DenyUnused-dev", Deny("glue:*"), ["dev"]).Used("dev", s_used).Review("dev").Trims);
        Assert.Equal("Deny DMS and LEX in DenyUnused-dev", trim.Title.ToString());
        Assert.Contains("\"glue:*\"", Assert.IsType<AccountEdit.UpdateScp>(Assert.Single(trim.Edits)).Content);
    }

    [Fact]
    public void An_SCP_that_is_attached_to_nothing_takes_nothing_in() =>
        Assert.Equal("DenyUnused-dev", Name(Assert.Single(Usual().Scp("Loose", NewServices, []).Used("dev", s_used).Review("dev").Trims).Edits[0]));

    [Fact]
    public void A_full_unit_gets_no_further_SCP_and_one_of_its_own_takes_them_in()
    {
        var full = Usual().Used("dev", s_used);
        full.Limits = new ScpLimits(10_240, 2);
        var withheld = Assert.Single(full.Scp("Theirs", SmallAccount.Allow("ec2:*"), ["dev", "prod"]).Review("dev").Withheld);
        Assert.Contains("has 2 SCPs attached, the most that AWS allows", withheld.Why.ToString());
        var own = Assert.Single(full.Without("Theirs", "prod").Review("dev").Trims);
        Assert.Equal("Theirs", Name(Assert.Single(own.Edits)));
    }

    [Fact]
    public void What_would_outgrow_the_quota_is_withheld()
    {
        var long1 = Usual().Scp("New", NewServices, ["dev"]).Used("dev", s_used);
        long1.Limits = new ScpLimits(NewServices.Length + 20, 10);
        Assert.Contains($"AWS stores at most {NewServices.Length + 20}", Assert.Single(long1.Review("dev").Withheld).Why.ToString());
        var alone = Usual().Used("dev", s_used);
        alone.Limits = new ScpLimits(60, 10);
        var review = alone.Review("dev");
        Assert.Empty(review.Trims);
        Assert.Contains("AWS stores at most 60", Assert.Single(review.Withheld).Why.ToString());
    }

    [Fact]
    public void An_allow_list_that_alone_lets_a_service_through_names_it_no_longer()
    {
        var list = Usual().Without("FullAWSAccess", "dev").Scp("List", SmallAccount.Allow("s3:*", "lex:*", "kms:*"), ["dev"]).Used("dev", ("s3", 1), ("lex", null), ("kms", 9));
        var review = list.Review("dev");
        var trim = Assert.Single(review.Trims);
        Assert.Equal((TrimKind.ShortenAllowList, SmallAccount.Allow("s3:*", "kms:*")), (trim.Kind, Assert.IsType<AccountEdit.UpdateScp>(Assert.Single(trim.Edits)).Content));
        Assert.StartsWith("Allow list: no SCP at OU name of dev (dev) allows everything", review.Organization!.Strategy.ToString());
        // A second list that names it would go on letting it through: there a Deny holds.
        Assert.Equal(TrimKind.DenyIdleServices, Assert.Single(list.Scp("Second", SmallAccount.Allow("lex:GetBots"), ["dev"]).Review("dev").Trims).Kind);
    }

    [Fact]
    public void An_allow_list_whose_last_entry_is_idle_denies_it_instead_of_being_empty()
    {
        var trim = Assert.Single(Usual().Without("FullAWSAccess", "1").Scp("List", SmallAccount.Allow("lex:*"), ["1"]).Used("1", ("lex", null)).Review("1").Trims);
        Assert.Equal(TrimKind.DenyIdleServices, trim.Kind);
    }

    [Fact]
    public void A_deny_list_is_told_for_what_it_is() => Assert.StartsWith("Deny list:", Usual().Used("dev", s_used).Review("dev").Organization!.Strategy.ToString());

    [Theory]
    [InlineData("r", 4)]
    [InlineData("dev", 3)]
    [InlineData("lab", 1)]
    [InlineData("1", 0)]
    public void The_accounts_that_a_change_reaches_are_listed_without_the_management_account(string entity, int count)
    {
        var survey = Usual().Used(entity, s_used).Review(entity).Organization!;
        Assert.Equal(count, survey.Accounts.Length);
        Assert.DoesNotContain(survey.Accounts, account => account.Id == SmallOrganization.Management);
    }

    [Fact]
    public void Nothing_is_suggested_for_the_management_account()
    {
        var review = Usual().Used(SmallOrganization.Management, s_used).Review(SmallOrganization.Management);
        Assert.Empty(review.Trims);
        Assert.Contains(review.Remarks, remark => remark.Text.ToString().Contains("No SCP binds it", StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_unit_has_nobody_whose_use_could_be_reported()
    {
        var review = Usual().With(EntityKind.Unit, "new", "r").Review("new");
        Assert.Empty(review.Trims);
        Assert.Contains(review.Remarks, remark => remark.Text.ToString().Contains("nobody whose use AWS could report", StringComparison.Ordinal));
    }

    [Fact]
    public void An_account_that_joined_within_the_window_makes_everything_unused_unknown()
    {
        var review = Usual().With(EntityKind.Account, "3", "lab", joined: 20).Scp("New", NewServices, ["dev"]).Used("dev", s_used).Review("dev");
        Assert.Empty(review.Trims);
        var lex = review.Services.Single(line => line.Service.Value == "lex").Verdict;
        Assert.Contains("name of 3` joined on 2026-11-04", Assert.IsType<Verdict.Unknown>(lex).Why);
        Assert.IsType<Verdict.Used>(review.Services.Single(line => line.Service.Value == "s3").Verdict);
    }

    [Fact]
    public void What_AWS_does_not_tell_of_is_never_denied()
    {
        var review = Usual().Scp("New", SmallAccount.Allow("lex:*", "ghost:*"), ["dev"]).Used("dev", ("lex", null), ("iam", null), ("sts", null), ("s3", 1)).Review("dev");
        Assert.Equal(["LEX"], Assert.Single(review.Trims).Removed);
        Assert.Equal(["ghost", "iam", "sts"], review.Services.Where(line => line.Verdict is Verdict.Unknown).Select(line => line.Service.Value));
        Assert.Empty(Usual().Scp("New", NewServices, ["dev"]).Review("dev").Trims);
    }

    [Fact]
    public void Guards_hold()
    {
        SmallOrganization New(params (string, string)[] tags) => Usual().Scp("New", NewServices, ["dev"], false, tags).Used("dev", s_used);
        var services = New();
        services.Guards = Guards.None with { Services = [Policy.Service("lex")] };
        Assert.Equal(["DMS"], Assert.Single(services.Review("dev").Trims).Removed);
        foreach (var (leaveAlone, why) in new[] { ("ou dev", "leave OU name of dev (dev) alone"), ("account 2", "leave account name of 2 (2) alone"), ("scp New", "leave SCP New alone") })
        {
            var guarded = New();
            guarded.Guards = Guards.None with { LeaveAlone = [leaveAlone] };
            Assert.Contains(why, guarded.Review("dev").Withheld[0].Why.ToString());
        }
        Assert.Contains("leave account name of 3 (3) alone", New().With(EntityKind.Account, "3", "lab", 500, ("LastAccessedBot", "leave-alone")).Review("dev").Withheld[0].Why.ToString());
        Assert.Contains("CloudFormation manages New", New(("aws:cloudformation:stack-name", "org")).Review("dev").Withheld[0].Why.ToString());
    }

    [Fact]
    public void What_else_is_idle_is_told_and_comes_next()
    {
        var review = Usual().Scp("New", NewServices, ["dev"]).Used("dev", [.. s_used, ("glue", null)]).Review("dev");
        Assert.Single(review.Trims);
        Assert.Contains(review.Remarks, remark => remark.Text.ToString().StartsWith("GLUE shows no use either.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("an account came", true)]
    [InlineData("the text changed", true)]
    [InlineData("a target came", true)]
    [InlineData("an SCP came elsewhere", false)]
    public void Drift_is_seen_where_it_matters(string what, bool drifts)
    {
        var organization = Usual().Scp("New", NewServices, ["dev"]).Used("dev", s_used);
        var basis = Assert.Single(organization.Review("dev").Trims).Basis;
        Assert.True(basis.HoldsIn(AccountState.Empty with { Organization = organization.StateOf("dev") }));
        _ = what switch
        {
            "an account came" => organization.With(EntityKind.Account, "5", "lab"),
            "the text changed" => organization.Scp("New", NewServices + " ", ["dev"]),
            "a target came" => organization.Scp("New", NewServices, ["dev", "4"]),
            _ => organization.Scp("Other", NewServices, ["prod"]),
        };
        Assert.Equal(drifts, !basis.HoldsIn(AccountState.Empty with { Organization = organization.StateOf("dev") }));
    }

    [Fact]
    public void Units_of_the_same_name_are_told_apart_by_their_ids()
    {
        var (one, other) = (new ReviewSubject.OfEntity(new EntityRef(EntityKind.Unit, "ou-1", "Development")), new ReviewSubject.OfEntity(new EntityRef(EntityKind.Unit, "ou-2", "Development")));
        Assert.Equal(("ou ou-1", "ou ou-2"), (one.Words, other.Words));
        Assert.Equal("OU Development (ou-1)", one.Prose.ToString());
    }

    private static SmallOrganization Usual() => SmallOrganization.Usual();

    private static string Deny(string action) => $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"{{{action}}}","Resource":"*"}}""";

    private static string Name(AccountEdit edit) => edit switch
    {
        AccountEdit.CreateScp create => create.Name,
        AccountEdit.UpdateScp update => update.Name,
        AccountEdit.AttachScp attach => attach.Name,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
