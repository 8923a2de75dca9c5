using LastAccessedBot.Commands;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Explanations;
using LastAccessedBot.Core.Trims;

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
        Assert.Equal(new Command.Sweep(new SweepOrder.Policies(ReviewWindow.Default)), Read("/unused policies"));
        Assert.Equal(new Command.Sweep(new SweepOrder.Account(Again: false)), Read("/unused sweep"));
        Assert.Equal(new Command.Sweep(new SweepOrder.Account(Again: true)), Read("/unused Sweep again"));
        Assert.Equal(new Command.History(null), Read("/unused history"));
        Assert.Equal(new Command.History("app-dev"), Read("/unused history app-dev"));
        Assert.Equal(new Command.History("app-dev"), Read("/unused history group app-dev"));
        Assert.Equal(new Command.Undo("AB12CD34"), Read("/unused undo ab12cd34"));
    }

    [Theory]
    [InlineData("/unused report", null, null, null)]
    [InlineData("/unused report app-dev", null, "app-dev", null)]
    [InlineData("/unused REPORT Group app-dev 30d", "group", "app-dev", 30)]
    [InlineData("/unused report user report", "user", "report", null)]
    [InlineData("/unused report app-dev 400d", null, "app-dev", 400)]
    [InlineData("/unused report ou Data Science 180d", "ou", "Data Science", 180)]
    [InlineData("/unused report account 123456789012", "account", "123456789012", null)]
    [InlineData("/unused report root", "root", "root", null)]
    [InlineData("/unused report root r-a1b2", "root", "r-a1b2", null)]
    public void A_report_is_about_all_or_about_one_thing(string line, string? kind, string? name, int? days) =>
        Assert.Equal((kind, name, days), Read(line) is Command.Report report ? (report.Kind, report.Name, report.Window?.Days) : ("", "", 0));

    [Theory]
    [InlineData("/unused report group", "`report` takes the name")]
    [InlineData("/unused report a b", "`report` takes the name")]
    [InlineData("/unused report a b 30d", "`report` takes the name")]
    [InlineData("/unused report a 500d", "`500d` is not a usable window")]
    public void A_report_on_what_is_no_name_is_refused(string line, string why) =>
        Assert.StartsWith(why, Assert.IsType<Core.Parsed<Command>.Bad>(CommandGrammar.Parse(line)).Why.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/unused delete user wang-xiulan", Question.Delete, "user", "wang-xiulan", 90)]
    [InlineData("/unused DELETE Group delete 30d", Question.Delete, "group", "delete", 30)]
    [InlineData("/unused delete role policies", Question.Delete, "role", "policies", 90)]
    [InlineData("/unused delete policy P 400d", Question.Delete, "policy", "P", 400)]
    [InlineData("/unused convert group app-dev", Question.Convert, "group", "app-dev", 90)]
    [InlineData("/unused cap role cap 30d", Question.Cap, "role", "cap", 30)]
    [InlineData("/unused members group members", Question.Members, "group", "members", 90)]
    public void A_question_of_another_kind_names_the_kind_of_what_it_is_about(string line, Question question, string kind, string name, int days) =>
        Assert.Equal((question, kind, name, days), Read(line) is Command.Ask ask ? (ask.Question, ask.Kind, ask.Name, ask.Window.Days) : default);

    [Theory]
    [InlineData("/unused why nikhilj iam", ServiceQuestion.Why, null, "nikhilj", "iam")]
    [InlineData("/unused WHY User nikhilj S3", ServiceQuestion.Why, "user", "nikhilj", "s3")]
    [InlineData("/unused why role role s3", ServiceQuestion.Why, "role", "role", "s3")]
    [InlineData("/unused who app-dev route53", ServiceQuestion.Who, null, "app-dev", "route53")]
    [InlineData("/unused who policy ExamplePolicy1 dynamodb", ServiceQuestion.Who, "policy", "ExamplePolicy1", "dynamodb")]
    public void One_service_of_somebody_may_be_asked_about(string line, ServiceQuestion question, string? kind, string name, string service)
    {
        var about = Assert.IsType<Command.AboutService>(Read(line));
        Assert.Equal((question, kind, name, service), (about.Asked.Question, about.Kind, about.Name, about.Asked.Service.Value));
    }

    [Theory]
    [InlineData("/unused why", "`why`")]
    [InlineData("/unused why nikhilj", "`why`")]
    [InlineData("/unused why user nikhilj", "`why`")]
    [InlineData("/unused who group a b c", "`who`")]
    [InlineData("/unused why nikhilj s3:GetObject", "`s3:GetObject`")]
    [InlineData("/unused why policy ExamplePolicy1 s3", "policy")]
    [InlineData("/unused delete", "`delete`")]
    [InlineData("/unused delete wang-xiulan", "`delete`")]
    [InlineData("/unused delete user", "`delete`")]
    [InlineData("/unused delete team app-dev", "`delete`")]
    [InlineData("/unused delete user a b c", "`delete`")]
    [InlineData("/unused delete user wang-xiulan 0d", "`0d`")]
    [InlineData("/unused cap group app-dev", "`cap`")]
    [InlineData("/unused convert policy P", "`convert`")]
    [InlineData("/unused members app-dev", "`members`")]
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
