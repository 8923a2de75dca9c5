using LastAccessedBot.Commands;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Evidence;

namespace LastAccessedBot.Tests.Commands;

public sealed class CommandGrammarTests
{
    [Theory]
    [InlineData("/unused app-dev")]
    [InlineData("app-dev")]
    [InlineData("  /UNUSED   app-dev  ")]
    public void A_name_alone_asks_for_a_review_of_whatever_has_it(string line) =>
        Assert.Equal(new Command.Review(null, "app-dev", ReviewWindow.Default), Read(line));

    [Theory]
    [InlineData("/unused group app-dev", "group", "app-dev", 90)]
    [InlineData("/unused Policy ExamplePolicy1 30d", "policy", "ExamplePolicy1", 30)]
    [InlineData("/unused user policies 400D", "user", "policies", 400)]
    [InlineData("/unused role help", "role", "help", 90)]
    public void A_kind_and_a_window_may_be_given(string line, string kind, string name, int days) =>
        Assert.Equal((kind, name, days), Read(line) is Command.Review review ? (review.Kind!, review.Name, review.Window.Days) : default);

    [Fact]
    public void Verbs_are_words_of_their_own()
    {
        Assert.IsType<Command.Help>(Read("/unused"));
        Assert.IsType<Command.Help>(Read("/unused help"));
        Assert.Equal(new Command.Policies(ReviewWindow.Default), Read("/unused policies"));
        Assert.Equal(new Command.History(null), Read("/unused history"));
        Assert.Equal(new Command.History("app-dev"), Read("/unused history app-dev"));
        Assert.Equal(new Command.History("app-dev"), Read("/unused history group app-dev"));
        Assert.Equal(new Command.Undo("AB12CD34"), Read("/unused undo ab12cd34"));
    }

    [Theory]
    [InlineData("/unused delete user wang-xiulan", "user", "wang-xiulan", 90)]
    [InlineData("/unused DELETE Group delete 30d", "group", "delete", 30)]
    [InlineData("/unused delete role policies", "role", "policies", 90)]
    [InlineData("/unused delete policy P 400d", "policy", "P", 400)]
    public void A_deletion_names_its_kind(string line, string kind, string name, int days) =>
        Assert.Equal((kind, name, days), Read(line) is Command.Delete delete ? (delete.Kind, delete.Name, delete.Window.Days) : default);

    [Theory]
    [InlineData("/unused delete", "`delete`")]
    [InlineData("/unused delete wang-xiulan", "`delete`")]
    [InlineData("/unused delete user", "`delete`")]
    [InlineData("/unused delete team app-dev", "`delete`")]
    [InlineData("/unused delete user a b c", "`delete`")]
    [InlineData("/unused delete user wang-xiulan 0d", "`0d`")]
    [InlineData("/unused app-dev soon", "`soon`")]
    [InlineData("/unused app-dev 0d", "`0d`")]
    [InlineData("/unused app-dev 401d", "`401d`")]
    [InlineData("/unused app-dev 99999999999d", "`99999999999d`")]
    [InlineData("/unused group", "`group`")]
    [InlineData("/unused undo", "`undo`")]
    [InlineData("/unused a b c d", "`a b c d`")]
    [InlineData("/unused policies everywhere", "`everywhere`")]
    public void What_cannot_be_meant_is_refused_with_its_words_and_what_to_try(string line, string named)
    {
        var refusal = Assert.IsType<Parsed<Command>.Bad>(CommandGrammar.Parse(line)).Why;
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Help);
    }

    [Fact]
    public void An_endless_line_is_refused() => Assert.IsType<Parsed<Command>.Bad>(CommandGrammar.Parse(new string('a', 5_000)));

    private static Command Read(string line) => Assert.IsType<Parsed<Command>.Ok>(CommandGrammar.Parse(line)).Value;
}
