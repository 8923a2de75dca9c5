using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Explanations;
using LastAccessedBot.Core.Tests.Policies;
using LastAccessedBot.Core.Tests.Trims;

namespace LastAccessedBot.Core.Tests.Explanations;

/// <summary>What the organization lets through to an account: every level has to allow, and none may deny.</summary>
public sealed class ScpsOnServiceTests
{
    private const string DenyLex = """{"Version":"2012-10-17","Statement":[{"Sid":"NoLex","Effect":"Deny","Action":"lex:*","Resource":"*"}]}""";

    [Fact]
    public void Where_every_level_allows_and_none_denies_all_gets_through()
    {
        var scps = On(SmallOrganization.Usual(), "1", "s3");
        Assert.False(scps.Closes);
        Assert.Empty(scps.ClosedAt);
        Assert.Empty(scps.Denying);
    }

    [Fact]
    public void A_level_that_allows_by_name_closes_what_it_does_not_name()
    {
        var organization = SmallOrganization.Usual().Without("FullAWSAccess", "dev").Scp("Few", SmallAccount.Allow("s3:*"), ["dev"]);
        Assert.Equal("OU name of dev (dev)", Assert.Single(On(organization, "3", "lex").ClosedAt).ToString());
        Assert.True(On(organization, "3", "lex").Closes);
        Assert.False(On(organization, "3", "s3").Closes);
        Assert.False(On(organization, "4", "lex").Closes);
    }

    [Fact]
    public void A_denial_above_closes_and_one_on_some_resources_takes_a_part()
    {
        var organization = SmallOrganization.Usual().Scp("NoLex", DenyLex, ["dev"]);
        var denying = Assert.Single(On(organization, "3", "lex").Denying);
        Assert.Equal(("NoLex at OU name of dev (dev)", "/unused account 3"), (denying.Path.ToString(), denying.Command));
        Assert.True(On(organization, "3", "lex").Closes);
        Assert.False(On(SmallOrganization.Usual().Scp("NoLex", DenyLex.Replace("\"*\"", "\"arn:aws:lex:::bot\"", StringComparison.Ordinal), ["dev"]), "3", "lex").Closes);
    }

    [Fact]
    public void The_management_account_is_not_bound()
    {
        var scps = On(SmallOrganization.Usual().Scp("NoLex", DenyLex, ["r"]), SmallOrganization.Management, "lex");
        Assert.Equal((false, false), (scps.IsBound, scps.Closes));
    }

    [Fact]
    public void What_cannot_be_understood_closes_nothing_and_is_told()
    {
        var scps = On(SmallOrganization.Usual().Scp("Odd", "{", ["dev"]), "1", "s3");
        Assert.False(scps.Closes);
        Assert.Equal(["Odd"], scps.Unread);
    }

    private static ScpsOnService On(SmallOrganization organization, string account, string service) => ScpsOnService.Of(organization.StateOf(account), Policy.Service(service));
}
