using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Tests.Approvals;

public sealed class KeepingTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("30d", "2026-03-02")]
    [InlineData("90d", "2026-05-01")]
    [InlineData("180d", "2026-07-30")]
    [InlineData("365d", "2027-01-31")]
    public void A_reason_and_a_time_are_kept(string until, string date)
    {
        var keeping = Kept("The quarterly report", until);
        Assert.Equal(new Keeping("María García", "The quarterly report", DateTimeOffset.Parse($"{date}T12:00:00Z")), keeping);
        Assert.Equal($"Kept by María García until {date}: The quarterly report", keeping.Sentence.ToString());
        Assert.Equal($"Detach `P`, kept until {date}: `The quarterly report`", keeping.Detail(Prose.Of($"Detach {"P"}")));
    }

    [Theory]
    [InlineData(null, "90d", "`reason`: Write something here, in at most 500 characters.")]
    [InlineData("", "90d", "`reason`: Write")]
    [InlineData(" \t\n\u0001 ", "90d", "`reason`: Write")]
    [InlineData("it is needed", null, "`until`: Choose one of `30d`, `90d`, `180d`, `365d`.")]
    [InlineData("it is needed", "", "`until`: Choose")]
    [InlineData("it is needed", "91d", "`until`: Choose")]
    [InlineData("it is needed", "forever", "`until`: Choose")]
    [InlineData(null, null, "`reason`: Write something here, in at most 500 characters. `until`: Choose")]
    public void What_is_missing_or_unknown_is_named(string? reason, string? until, string help) =>
        Assert.StartsWith(help, Refused(reason, until).Help, StringComparison.Ordinal);

    [Fact]
    public void A_reason_has_at_most_500_characters()
    {
        Assert.Equal(500, Kept(new string('x', 500), "30d").Reason.Length);
        Assert.Equal("`reason`: This has 501 characters; 500 is the limit.", Refused(new string('x', 501), "30d").Help);
    }

    [Theory]
    [InlineData("  two\r\n lines\t and `code` ", "two lines and 'code'")]
    [InlineData("<!channel> *bold* <b>", "<!channel> *bold* <b>")]
    [InlineData("a\0b", "a b")]
    public void A_reason_is_one_line_and_no_markup(string written, string kept)
    {
        var keeping = Kept(written, "30d");
        Assert.Equal(kept, keeping.Reason);
        Assert.Equal(new Span(SpanStyle.Name, kept), keeping.Sentence.Spans[^1]);
        // On the record backticks mark names: read back, the reason is one name still.
        Assert.Equal(new Span(SpanStyle.Name, kept), Prose.Backticked(keeping.Detail("Detach")).Spans[^1]);
    }

    [Fact]
    public void Every_option_of_the_form_is_one_that_is_read()
    {
        var options = Keeping.Form("Detach", []).Fields.OfType<Field.OneOf>().Single();
        Assert.Contains(options.Options, option => option.Value == options.Initial);
        Assert.All(options.Options, option => Assert.True(Kept("why", option.Value).Until > s_now));
    }

    private static Keeping Kept(string reason, string until) => Assert.IsType<Parsed<Keeping>.Ok>(Read(reason, until)).Value;

    private static Refusal Refused(string? reason, string? until) => Assert.IsType<Parsed<Keeping>.Bad>(Read(reason, until)).Why;

    private static Parsed<Keeping> Read(string? reason, string? until)
    {
        var inputs = ImmutableDictionary<string, string>.Empty.Add("other", "never read");
        if (reason is not null) inputs = inputs.Add("reason", reason);
        if (until is not null) inputs = inputs.Add("until", until);
        return Keeping.Read(inputs, "María García", s_now);
    }
}
