using LastAccessedBot.Commands;
using LastAccessedBot.Core;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Commands;

public sealed class SubscriptionGrammarTests
{
    [Theory]
    [InlineData("/unused subscribe app-dev", null, "app-dev", "weekly mon 09:00 Etc/UTC", false)]
    [InlineData("/unused SUBSCRIBE Group app-dev", "group", "app-dev", "weekly mon 09:00 Etc/UTC", false)]
    [InlineData("subscribe app-dev Europe/Berlin 7:30 daily", null, "app-dev", "daily 07:30 Europe/Berlin", false)]
    [InlineData("subscribe app-dev weekly Friday 16:00 america/new_york quiet", null, "app-dev", "weekly fri 16:00 America/New_York", true)]
    [InlineData("subscribe policy weekly monthly sun", "policy", "weekly", "monthly sun 09:00 Etc/UTC", false)]
    [InlineData("subscribe ou Shared Services 08:00", "ou", "Shared Services", "weekly mon 08:00 Etc/UTC", false)]
    [InlineData("subscribe account daily quiet", "account", "daily", "weekly mon 09:00 Etc/UTC", true)]
    [InlineData("subscribe root monthly", "root", "root", "monthly mon 09:00 Etc/UTC", false)]
    [InlineData("subscribe app-dev utc", null, "app-dev", "weekly mon 09:00 UTC", false)]
    public void A_name_is_subscribed_to_with_what_is_said_of_when(string line, string? kind, string name, string rule, bool isQuiet)
    {
        var order = Assert.IsType<SubscriptionOrder.Subscribe>(Read(line));
        Assert.Equal((kind, name, rule, isQuiet), (order.Kind, order.Name, order.Rule("Etc/UTC").Words, order.IsQuiet));
    }

    [Fact]
    public void Subscriptions_are_ended_and_listed()
    {
        Assert.Equal(new SubscriptionOrder.Unsubscribe(null, "app-dev"), Read("/unused unsubscribe app-dev"));
        Assert.Equal(new SubscriptionOrder.Unsubscribe("ou", "Shared Services"), Read("/unused unsubscribe ou Shared Services"));
        Assert.Equal(new SubscriptionOrder.List(), Read("/unused subscriptions"));
    }

    [Theory]
    [InlineData("subscribe", "`subscribe`")]
    [InlineData("subscribe group", "`group`")]
    [InlineData("subscribe app-dev 25:00", "`25:00`")]
    [InlineData("subscribe app-dev 9", "`9`")]
    [InlineData("subscribe app-dev 09:00 10:00", "`10:00`")]
    [InlineData("subscribe app-dev Mars/Phobos", "`Mars/Phobos`")]
    [InlineData("subscribe app-dev someday", "`someday`")]
    [InlineData("subscribe app-dev daily fri", "`fri`")]
    [InlineData("subscribe app-dev weekly daily", "`daily`")]
    [InlineData("subscribe app-dev mon tue", "`tue`")]
    [InlineData("unsubscribe", "`unsubscribe`")]
    [InlineData("unsubscribe a b c", "`a b c`")]
    [InlineData("subscriptions app-dev", "`app-dev`")]
    public void What_cannot_be_meant_is_refused_with_its_words_and_what_to_try(string line, string named)
    {
        var refusal = Assert.IsType<Parsed<Command>.Bad>(CommandGrammar.Parse($"/unused {line}")).Why;
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Help);
    }

    private static SubscriptionOrder Read(string line) => Assert.IsType<Command.Subscriptions>(Assert.IsType<Parsed<Command>.Ok>(CommandGrammar.Parse(line)).Value).Order;
}
