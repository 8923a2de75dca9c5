using LastAccessedBot.Commands;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Keeps;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Commands;

public sealed class KeepGrammarTests
{
    private static readonly KeepScope s_all = new KeepScope.Everything();

    [Fact]
    public void The_name_comes_first_then_the_part_then_the_days_then_the_reason()
    {
        Assert.Equal(new KeepOrder.Keep(null, "app-dev", s_all, 90, "the yearly audit"), Read("/unused keep app-dev 90d the yearly audit"));
        Assert.Equal(new KeepOrder.Keep("user", "ada", new KeepScope.OfService(((Parsed<ServiceNamespace>.Ok)ServiceNamespace.Parse("s3")).Value), 7, "why"), Read("/unused keep user ada service S3 7d why"));
        Assert.Equal(new KeepOrder.Keep("policy", "P", s_all, 30, "service desk"), Read("/unused keep policy P 30d service desk"));
        Assert.Equal(new KeepOrder.Keep("policy", "P", new KeepScope.OfPolicy("Q"), 30, "why"), Read("/unused keep policy P policy Q 30d why"));
        Assert.Equal(new KeepOrder.Keep("ou", "Team Rocket", s_all, 14, ""), Read("/unused snooze ou Team Rocket 14d"));
        Assert.Equal(new KeepOrder.Keep("root", "root", s_all, 3, ""), Read("/unused snooze root 3d"));
        Assert.Equal(new KeepOrder.Keep(null, "group", s_all, 3, ""), Read("/unused snooze group 3d"));
        Assert.Equal(new KeepOrder.List(), Read("/unused keeps"));
        Assert.Equal(new KeepOrder.Revoke("AB12"), Read("/unused unkeep ab12"));
    }

    [Theory]
    [InlineData("/unused keep", "`keep` of what name?")]
    [InlineData("/unused keep app-dev", "For how long is not said")]
    [InlineData("/unused keep app-dev 90d", "Why it is needed is not said")]
    [InlineData("/unused keep app-dev 400d why", "`400d` is not between a day and 365")]
    [InlineData("/unused keep app-dev 0d why", "`0d` is not between a day and 365")]
    [InlineData("/unused keep app dev 90d why", "`dev` says neither which part nor how long")]
    [InlineData("/unused keep app-dev service s3! 90d why", "`s3!` is not a service namespace")]
    [InlineData("/unused snooze app-dev 31d", "`31d` is not between a day and 30")]
    [InlineData("/unused snooze app-dev 3d why", "A snooze has no reason")]
    [InlineData("/unused keeps all", "`all` is more than `keeps` takes")]
    [InlineData("/unused unkeep", "`unkeep` takes the id of one thing that is kept")]
    public void What_cannot_be_meant_is_said(string line, string why) => Assert.Equal(why, Assert.IsType<Parsed<Command>.Bad>(CommandGrammar.Parse(line)).Why.Message);

    private static KeepOrder Read(string line) => Assert.IsType<Command.Keeps>(Assert.IsType<Parsed<Command>.Ok>(CommandGrammar.Parse(line)).Value).Order;
}
