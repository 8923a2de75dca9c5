using LastAccessedBot.Surfaces.Console.Page;

namespace LastAccessedBot.Tests.Surfaces.Console;

public sealed class CommandCompletionTests
{
    private static readonly string[] Names = ["Development", "app-dev", "nikhilj", "policy-readers"];

    [Theory]
    [InlineData("/", "/unused ")]
    [InlineData("/unu", "/unused ")]
    [InlineData("/unused", "/unused ")]
    [InlineData("hello", "")]
    [InlineData("", "")]
    [InlineData("/unused d", "/unused delete |/unused doctor|/unused Development|/unused app-dev|/unused policy-readers")]
    [InlineData("/unused delete ", "/unused delete group |/unused delete user |/unused delete role |/unused delete policy ")]
    [InlineData("/unused delete user ni", "/unused delete user nikhilj")]
    [InlineData("/unused dev", "/unused Development|/unused app-dev")]
    [InlineData("/unused policies", "")]
    [InlineData("/unused pol", "/unused policies|/unused policy |/unused policy-readers")]
    [InlineData("/unused policy ni", "/unused policy nikhilj")]
    [InlineData("/unused ", "/unused policies|/unused history|/unused report|/unused help|/unused app-dev|/unused Development|/unused nikhilj|/unused policy-readers")]
    [InlineData("/unused un", "/unused unsubscribe |/unused undo ")]
    [InlineData("/unused sw", "/unused sweep")]
    [InlineData("/unused sub", "/unused subscribe |/unused subscriptions")]
    [InlineData("/unused subscribe ni", "/unused subscribe nikhilj")]
    [InlineData("/unused subscribe gr", "/unused subscribe group ")]
    [InlineData("/unused subscribe group app", "/unused subscribe group app-dev")]
    [InlineData("/unused subscribe group app-dev ", "/unused subscribe group app-dev weekly mon 09:00|/unused subscribe group app-dev daily 09:00|/unused subscribe group app-dev monthly mon 09:00")]
    [InlineData("/unused subscribe app-dev d", "/unused subscribe app-dev daily 09:00")]
    [InlineData("/unused unsubscribe app", "/unused unsubscribe app-dev")]
    [InlineData("/unused wh", "/unused why |/unused who ")]
    [InlineData("/unused why ni", "/unused why nikhilj")]
    [InlineData("/unused who gr", "/unused who group ")]
    [InlineData("/unused who group app", "/unused who group app-dev")]
    [InlineData("/unused rep", "/unused report")]
    [InlineData("/unused report app", "/unused report app-dev")]
    [InlineData("/unused report user ni", "/unused report user nikhilj")]
    [InlineData("/unused why nikhilj s", "")]
    [InlineData("/unused undo ", "")]
    [InlineData("/unused history app", "/unused history app-dev")]
    [InlineData("/unused user ni", "/unused user nikhilj")]
    [InlineData("/unused app-dev 90d", "")]
    public void A_half_typed_line_goes_on_with_what_fits(string line, string offers) =>
        Assert.Equal(offers, string.Join('|', CommandCompletion.For(line, Names).Select(offer => offer.Line)));

    [Fact]
    public void At_most_eight_are_offered() =>
        Assert.Equal(8, CommandCompletion.For("/unused policy ", [.. Enumerable.Range(0, 50).Select(number => $"name-{number}")]).Count);
}
