using LastAccessedBot.Commands;
using LastAccessedBot.Core;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Commands;

public sealed class OwnerGrammarTests
{
    [Theory]
    [InlineData("/unused owner app-dev", null, "app-dev")]
    [InlineData("/unused owner group app-dev list", "group", "app-dev")]
    [InlineData("/unused owners root", "root", "root")]
    [InlineData("/unused owner ou Team Rocket list", "ou", "Team Rocket")]
    [InlineData("/unused owner group", null, "group")]
    public void Who_owns_something_is_asked_by_its_name(string line, string? kind, string name) => Assert.Equal(new OwnerOrder.List(kind, name), Read(line));

    [Fact]
    public void What_is_done_follows_the_name_and_whom_it_is_about_follows_that()
    {
        Assert.Equal((null, "app-dev", "U1"), Read("/unused owner app-dev add @U1") is OwnerOrder.Add add ? (add.Kind, add.Name, string.Join(' ', add.Mentions)) : default);
        Assert.Equal(("user", "add", "S1|team U2"), Read("/unused OWNER user add REMOVE @S1|team @U2") is OwnerOrder.Remove remove ? (remove.Kind!, remove.Name, string.Join(' ', remove.Mentions)) : default);
        Assert.Equal(new OwnerOrder.NotMine("group", "app-dev", null), Read("/unused owner group app-dev not-mine"));
        Assert.Equal(new OwnerOrder.NotMine(null, "app-dev", "29:abc"), Read("/unused owner app-dev not-mine @29:abc"));
        Assert.Equal(new OwnerOrder.Away("U1", null, 14), Read("/unused away @U1 14d"));
        Assert.Equal(new OwnerOrder.Away("U1", new DateOnly(2026, 12, 31), null), Read("/unused away @U1 2026-12-31"));
        Assert.Equal(new OwnerOrder.Back(), Read("/unused back"));
    }

    [Theory]
    [InlineData("/unused owner", "`owner` of what name?")]
    [InlineData("/unused owner app dev add @U1", "`app dev` is not one name")]
    [InlineData("/unused owner app-dev add", "`add` takes a person or a group")]
    [InlineData("/unused owner app-dev add U1", "`U1` mentions nobody")]
    [InlineData("/unused owner app-dev list @U1", "`list` takes nobody")]
    [InlineData("/unused owner app-dev not-mine @U1 @U2", "`not-mine` takes one person at most")]
    [InlineData("/unused away", "`away` takes who decides for you, and until when")]
    [InlineData("/unused away @U1 soon", "`soon` says no day until which")]
    [InlineData("/unused away @U1 400d", "`400d` says no day until which")]
    [InlineData("/unused back tomorrow", "`tomorrow` is more than `back` takes")]
    public void What_cannot_be_meant_is_said(string line, string why) => Assert.Equal(why, Assert.IsType<Parsed<Command>.Bad>(CommandGrammar.Parse(line)).Why.Message);

    private static OwnerOrder Read(string line) => Assert.IsType<Command.Owners>(Assert.IsType<Parsed<Command>.Ok>(CommandGrammar.Parse(line)).Value).Order;
}
