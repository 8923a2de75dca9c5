using LastAccessedBot.Commands;
using LastAccessedBot.Core;

namespace LastAccessedBot.Tests.Commands;

public sealed class OrganizationGrammarTests
{
    [Theory]
    [InlineData("/unused ou Development", "ou", "Development", 180)]
    [InlineData("/unused OU ou-a1b2-devel001 30d", "ou", "ou-a1b2-devel001", 30)]
    [InlineData("/unused account 222233334444 400d", "account", "222233334444", 400)]
    [InlineData("/unused account New Services One", "account", "New Services One", 180)]
    [InlineData("/unused account New Services One 90d", "account", "New Services One", 90)]
    [InlineData("/unused root", "root", "root", 180)]
    [InlineData("/unused root 90d", "root", "root", 90)]
    [InlineData("/unused root r-a1b2 90d", "root", "r-a1b2", 90)]
    public void Units_accounts_and_the_root_are_asked_about_for_half_a_year(string line, string kind, string name, int days) =>
        Assert.Equal((kind, name, days), CommandGrammar.Parse(line) is Parsed<Command>.Ok { Value: Command.Review review } ? (review.Kind!, review.Name, review.Window.Days) : default);

    [Theory]
    [InlineData("/unused ou", "`ou`")]
    [InlineData("/unused account", "`account`")]
    [InlineData("/unused account Shop 500d", "`500d`")]
    [InlineData("/unused root soon", "`soon`")]
    public void What_cannot_be_meant_is_refused_with_its_words_and_what_to_try(string line, string named)
    {
        var refusal = Assert.IsType<Parsed<Command>.Bad>(CommandGrammar.Parse(line)).Why;
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Help);
    }
}
