using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Trims;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.Trims;

/// <summary>What may be deleted, in which order, and what forbids it.</summary>
public sealed class DeletionTests
{
    private const string Deny = """{"Statement":{"Effect":"Deny","Action":"rds:*","Resource":"*"}}""";

    private static readonly DateTimeOffset s_old = Now.AddDays(-400), s_late = Now.AddDays(-10);

    private static UserDetails SignIns(DateTimeOffset? passwordUsed = null, DateTimeOffset? keyUsed = null, DateTimeOffset? keySince = null, bool isActive = true, params Credential[] more) => new(
        s_old, passwordUsed, [new Credential(CredentialKind.AccessKey, "AKIA1", isActive, keySince ?? s_old, keyUsed is { } on ? new LastUse(on, "s3") : null), .. more], ["mfa1"]);

    private static RoleDetails Trust(DateTimeOffset? used = null, string trust = "{}", params string[] profiles) => new(new RoleSettings(trust, null, 3600), used, [.. profiles]);

    private static SmallAccount Ann(UserDetails user, int? s3 = 200, int days = 500, string id = "ID", (string, string)[]? tags = null) => new SmallAccount()
        .With(Group("g"), ["D"], ["ann", "bob"]).With("D", Deny, [Group("g")])
        .With(User("ann"), ["P"], groups: ["g"], days: days, tags: tags, user: user, id: id, inline: [("own", Allow("sqs:*"))]).With("P", Allow("s3:*"), [User("ann")])
        .Used(User("ann"), ("s3", s3), ("sqs", null), ("rds", null));

    private static SmallAccount Job(RoleDetails role, string path = "/", (string, string)[]? tags = null) => new SmallAccount()
        .With(Role("job"), ["Deny", "P"], path: path, role: role, tags: tags).With("P", Allow("s3:*"), [Role("job")]).With("Deny", Deny, [Role("job")])
        .Used(Role("job"), ("s3", 200), ("rds", null));

    private static SmallAccount Team(string[] members, int? s3 = null, int days = 500) => new SmallAccount()
        .With(Group("g"), ["P"], members, days: days).With("P", Allow("s3:*"), [Group("g")]).Used(Group("g"), ("s3", s3));

    [Fact]
    public void An_idle_user_is_deactivated_or_deleted_and_what_nothing_brings_back_goes_last()
    {
        var review = Ann(SignIns(passwordUsed: s_old, keyUsed: s_old, more: new Credential(CredentialKind.SshPublicKey, "APKA1", false, s_old))).BeforeDeleting(User("ann"));
        Assert.Equal([TrimKind.DeactivateUser, TrimKind.DeleteUser], review.Trims.Select(trim => trim.Kind));
        Assert.Equal([new AccountEdit.SetAccessKeyStatus("ann", "AKIA1", false)], review.Trims[0].Edits);
        Assert.Null(review.Trims[0].Loss);
        Assert.Equal(
        [
            new AccountEdit.DetachPolicy(User("ann"), PolicyArn("P")),
            new AccountEdit.DeleteInlinePolicy(User("ann"), "own"),
            // What denies goes after what allows.
            new AccountEdit.RemoveUserFromGroup("g", "ann"),
            new AccountEdit.DeleteLoginProfile("ann"),
            new AccountEdit.DeactivateMfaDevice("ann", "mfa1"),
            new AccountEdit.DeleteCredential("ann", CredentialKind.AccessKey, "AKIA1"),
            new AccountEdit.DeleteCredential("ann", CredentialKind.SshPublicKey, "APKA1"),
            new AccountEdit.DeleteIdentity(User("ann")),
        ], review.Trims[1].Edits);
        Assert.Equal(
            "the password of user ann, the pairing with MFA device mfa1, access key AKIA1, SSH public key APKA1, the unique id and the creation date of user ann",
            review.Trims[1].Loss!.ToString());
        Assert.True(review.Trims[1].Risk.NeedsFourEyes);
        Assert.Equal(RiskGrade.Low, review.Trims[0].Risk.Grade);
    }

    public static TheoryData<UserDetails, string> Used => new()
    {
        { SignIns(passwordUsed: s_late), "Password on 2026-11-14" },
        { SignIns(keyUsed: s_late), "Access key AKIA1 (active) on 2026-11-14" },
        { SignIns(keyUsed: s_late, isActive: false), "Access key AKIA1 (inactive) on 2026-11-14" },
    };

    [Theory]
    [MemberData(nameof(Used))]
    public void Whoever_signed_in_within_the_window_stays(UserDetails user, string why) => Withheld(Ann(user).BeforeDeleting(User("ann")), why);

    [Fact]
    public void Whoever_used_a_service_within_the_window_stays() => Withheld(Ann(SignIns(), s3: 89).BeforeDeleting(User("ann")), "S3 on 2026-08-27");

    public static TheoryData<UserDetails, string> Unknown => new()
    {
        { SignIns(keySince: s_late), "Access key AKIA1 (active): it exists only since 2026-11-14" },
        { SignIns() with { PasswordSince = s_late }, "Password: it exists only since 2026-11-14" },
        { SignIns() with { Credentials = [new Credential(CredentialKind.AccessKey, "AKIA1", true, null)] }, "AWS does not say since when it exists" },
        { SignIns(more: new Credential(CredentialKind.SshPublicKey, "APKA1", true, s_old)), "SSH public key APKA1 (active): AWS does not tell when it was last used" },
        { SignIns(more: new Credential(CredentialKind.ServiceSpecificCredential, "ACCA1", true, s_old)), "Service-specific credential ACCA1 (active)" },
        { SignIns(more: new Credential(CredentialKind.SigningCertificate, "CERT1", true, s_old)), "Signing certificate CERT1 (active)" },
    };

    [Theory]
    [MemberData(nameof(Unknown))]
    public void What_nobody_can_know_deletes_nobody_and_switches_nothing_off(UserDetails user, string why) => Withheld(Ann(user).BeforeDeleting(User("ann")), why);

    [Fact]
    public void A_service_that_is_not_in_the_report_forbids_the_deletion_but_not_to_switch_an_idle_key_off()
    {
        var review = Ann(SignIns()).Used(User("ann"), ("s3", null)).BeforeDeleting(User("ann"));
        Assert.Equal(TrimKind.DeactivateUser, Assert.Single(review.Trims).Kind);
        Assert.Contains("sqs: AWS's report does not list this service", Assert.Single(review.Withheld).Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_report_deletes_nobody() => Assert.DoesNotContain(Ann(SignIns()).Failed(User("ann")).BeforeDeleting(User("ann")).Trims, trim => trim.IsDeletion);

    [Fact]
    public void A_young_user_stays() => Assert.Contains("exists only since", Ann(SignIns(), days: 30).BeforeDeleting(User("ann")).Withheld[^1].Why.ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_policy_that_cannot_be_read_may_be_in_use()
    {
        var review = new SmallAccount().With(User("ann"), user: SignIns(), inline: [("odd", "{")]).Used(User("ann")).BeforeDeleting(User("ann"));
        Assert.Contains("odd could not be understood", review.Withheld[^1].Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_deleted_that_settings_tags_or_templates_keep()
    {
        Withheld(Ann(SignIns(), tags: [("LastAccessedBot", "leave-alone")]).BeforeDeleting(User("ann")), "says to leave user ann alone", 2);
        Withheld(Ann(SignIns(), tags: [("aws:cloudformation:stack-name", "people")]).BeforeDeleting(User("ann")), "CloudFormation manages ann", 2);
        Assert.Contains("Undo could not put it back", Ann(SignIns(), tags: [("aws:servicecatalog:x", "y")]).BeforeDeleting(User("ann")).Withheld[^1].Why.ToString(), StringComparison.Ordinal);
        var kept = Ann(SignIns());
        kept.Guards = Guards.None with { LeaveAlone = ["policy P"] };
        Assert.Contains("leave policy P alone", Assert.Single(kept.BeforeDeleting(User("ann")).Withheld).Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_idle_role_leaves_its_policies_and_instance_profiles_first_and_loses_its_cap_with_itself()
    {
        var trim = Assert.Single(Job(Trust(s_old, profiles: "machines")).BeforeDeleting(Role("job")).Trims);
        Assert.Equal(
        [
            new AccountEdit.DetachPolicy(Role("job"), PolicyArn("P")),
            new AccountEdit.DetachPolicy(Role("job"), PolicyArn("Deny")),
            new AccountEdit.RemoveRoleFromInstanceProfile("machines", "job"),
            new AccountEdit.DeleteIdentity(Role("job")),
        ], trim.Edits);
        Assert.Contains("unique id", string.Join(' ', trim.Notes), StringComparison.Ordinal);
        Assert.True(trim.Risk.NeedsFourEyes);
    }

    [Fact]
    public void A_role_with_a_session_within_the_window_stays_whatever_its_services_say() =>
        Withheld(Job(Trust(s_late)).BeforeDeleting(Role("job")), "Sessions of the role on 2026-11-14");

    [Fact]
    public void Roles_of_AWS_stay()
    {
        Withheld(Job(Trust(), "/aws-service-role/support.amazonaws.com/").BeforeDeleting(Role("job")), "service-linked role");
        Withheld(Job(Trust(), "/aws-reserved/sso.amazonaws.com/").BeforeDeleting(Role("job")), "IAM Identity Center");
    }

    [Fact]
    public void A_role_that_trusts_somebody_who_was_deleted_could_not_be_made_again() =>
        Withheld(Job(Trust(trust: """{"Statement":{"Principal":{"AWS":"AROAEXAMPLEEXAMPLE123"}}}""")).BeforeDeleting(Role("job")), "AROAEXAMPLEEXAMPLE123");

    [Fact]
    public void An_empty_group_and_one_that_nobody_uses_go()
    {
        Assert.Equal([new AccountEdit.DetachPolicy(Group("g"), PolicyArn("P")), new AccountEdit.DeleteIdentity(Group("g"))], Assert.Single(Team([]).BeforeDeleting(Group("g")).Trims).Edits);
        Assert.Equal(
            [new AccountEdit.RemoveUserFromGroup("g", "ann"), new AccountEdit.DetachPolicy(Group("g"), PolicyArn("P")), new AccountEdit.DeleteIdentity(Group("g"))],
            Assert.Single(Team(["ann"]).BeforeDeleting(Group("g")).Trims).Edits);
    }

    [Fact]
    public void A_group_stays_that_is_young_or_used_or_lists_people_for_an_unknown_reason_or_denies()
    {
        Withheld(Team([], days: 30).BeforeDeleting(Group("g")), "exists only since");
        Withheld(Team(["ann"], s3: 3).BeforeDeleting(Group("g")), "S3 on 2026-11-21");
        Withheld(Team(["ann"]).Used(Group("g")).BeforeDeleting(Group("g")), "AWS's report does not list this service");
        Withheld(new SmallAccount().With(Group("g"), members: ["ann"]).Used(Group("g")).BeforeDeleting(Group("g")), "gives nothing that AWS could report on");
        Withheld(Team(["ann"]).With(Group("g"), ["P", "D"], ["ann"]).With("D", Deny, [Group("g")]).BeforeDeleting(Group("g")), "D denies something");
        Withheld(Team(["ann"]).With(User("ann"), tags: [("LastAccessedBot", "leave-alone")]).BeforeDeleting(Group("g")), "leave user ann alone");
    }

    [Fact]
    public void A_policy_is_detached_from_everyone_first_and_only_if_nobody_uses_it()
    {
        Assert.Equal(TrimKind.DetachPolicy, Assert.Single(Shared(null).BeforeDeleting("P").Trims).Kind);
        Withheld(Shared(5).BeforeDeleting("P"), "S3 on 2026-11-19");
        Withheld(Shared(null, [User("cap")]).BeforeDeleting("P"), "permissions boundary of user cap");
        Withheld(new SmallAccount().With(User("ann"), ["P"]).With("P", Deny, [User("ann")]).Used(PolicyArn("P")).BeforeDeleting("P"), "only denies");
        Assert.Equal(TrimKind.DeletePolicy, Assert.Single(new SmallAccount().With("P", Allow("s3:*")).BeforeDeleting("P").Trims).Kind);

        static SmallAccount Shared(int? s3, IdentityRef[]? boundaryOf = null) =>
            new SmallAccount().With(User("ann"), ["P"]).With("P", Allow("s3:*"), [User("ann")], boundaryOf: boundaryOf).Used(PolicyArn("P"), ("s3", s3));
    }

    [Fact]
    public void Whatever_changes_on_the_user_voids_the_approval()
    {
        var basis = Ann(SignIns()).BeforeDeleting(User("ann")).Trims[^1].Basis;
        Assert.True(basis.HoldsIn(Ann(SignIns()).State));
        Assert.False(basis.HoldsIn(Ann(SignIns(), id: "AIDA2").State));
        Assert.False(basis.HoldsIn(Ann(SignIns(isActive: false)).State));
        Assert.False(basis.HoldsIn(Ann(SignIns(more: new Credential(CredentialKind.AccessKey, "AKIA2", true, s_old))).State));
        Assert.False(basis.HoldsIn(Ann(SignIns() with { PasswordSince = s_late }).State));
        Assert.False(basis.HoldsIn(Ann(SignIns() with { MfaDevices = [] }).State));
        var role = Assert.Single(Job(Trust()).BeforeDeleting(Role("job")).Trims).Basis;
        Assert.True(role.HoldsIn(Job(Trust()).State));
        Assert.False(role.HoldsIn(Job(Trust(trust: """{"a":1}""")).State));
        Assert.False(role.HoldsIn(Job(Trust(profiles: "machines")).State));
        Assert.False(Assert.Single(Team(["ann"]).BeforeDeleting(Group("g")).Trims).Basis.HoldsIn(Team(["ann", "bob"]).State));
    }

    private static void Withheld(AccessReview review, string why, int times = 1)
    {
        Assert.Empty(review.Trims);
        Assert.Equal(times, review.Withheld.Length);
        Assert.Contains(why, review.Withheld[^1].Why.ToString(), StringComparison.Ordinal);
    }
}
