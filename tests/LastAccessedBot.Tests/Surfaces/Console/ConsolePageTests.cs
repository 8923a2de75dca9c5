using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Surfaces.Console;

public sealed class ConsolePageTests
{
    public static TheoryData<string> Hostile =>
    [
        "<script>alert(1)</script>",
        "</code></bdi></article><img src=x onerror=alert(1)>",
        "&lt;b&gt; \"quoted\" 'single' `ticks`",
        "@(System.Environment.Exit(1))",
        "\U0001F9D1\u200D\U0001F4BB naïve 数据",
        "\u202Etxt.exe\u202C",
    ];

    [Theory, MemberData(nameof(Hostile))]
    public async Task Hostile_text_is_text_in_the_page_wherever_it_stands(string text)
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.SayAsync("paulo", text);
        var everywhere = new Card(Prose.Of($"Title {text}"), Tone.Bad,
        [
            new CardBlock.Paragraph(Prose.Strong(text), Tone.Caution),
            new CardBlock.Facts([new Fact(text, text)]),
            new CardBlock.Table([text], [new TableRow([Prose.Of($"{text}")], Tone.Good)]),
            new CardBlock.Diff(text, [new DiffLine(DiffMark.Comes, text)]),
            new CardBlock.Details(text, [new CardBlock.Paragraph(text)]),
            new CardBlock.Section(text, text, Tone.Neutral, [], [new Choice(text, text)]),
            new CardBlock.Progress(text, 0.5),
            new CardBlock.Chart(text, text, [new Bar(text, 1)]),
            new CardBlock.Link(text, new Uri("https://bot.example.com/reports/x")),
        ], [new Choice(text + "2", text)]);
        await host.Surface.PostAsync(new Conversation("console", "console"), everywhere, CancellationToken.None);

        var page = await host.Client.GetStringAsync("/?as=paulo");
        var withoutMarkers = System.Text.RegularExpressions.Regex.Replace(page, "<!--.*?-->", "", System.Text.RegularExpressions.RegexOptions.Singleline);
        Assert.DoesNotContain("<script>alert", withoutMarkers, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", withoutMarkers, StringComparison.Ordinal);
        Assert.DoesNotContain("onerror=alert(1)>", withoutMarkers, StringComparison.Ordinal);
        Assert.True(CountOf(System.Net.WebUtility.HtmlDecode(withoutMarkers), text) >= 17, "the text stands in the page, letter by letter");
    }

    [Fact]
    public async Task The_page_says_what_a_browser_may_load_and_loads_nothing_from_elsewhere()
    {
        await using var host = await ConsoleHost.StartAsync();
        var response = await host.Client.GetAsync("/?as=paulo");
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self'; connect-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
        var page = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("https://", page);
        Assert.DoesNotContain("<style", page);
        Assert.DoesNotContain(" style=", page);
        foreach (System.Text.RegularExpressions.Match asset in System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href)=\"([^\"]+\\.(?:js|css))\""))
            Assert.Equal(200, (int)(await host.Client.GetAsync("/" + asset.Groups[1].Value)).StatusCode);
    }

    [Fact]
    public async Task A_card_for_one_person_is_on_nobody_elses_page()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.SayAsync("paulo", "/unused secret");
        Assert.Contains("Only for you", await host.Client.GetStringAsync("/?as=paulo"));
        Assert.DoesNotContain("Only for you", await host.Client.GetStringAsync("/?as=nikki"));
    }

    [Fact]
    public async Task Whoever_is_nobody_is_asked_who_they_are()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.SayAsync("paulo", "/unused app-dev");
        foreach (var address in new[] { "/", "/?as=mallory" })
        {
            var page = await host.Client.GetStringAsync(address);
            Assert.Contains("Who are you today?", page);
            Assert.DoesNotContain("/unused app-dev", page);
        }
    }

    [Fact]
    public async Task Every_tone_is_also_a_word()
    {
        await using var host = await ConsoleHost.StartAsync();
        var card = Card.Of("Services", new CardBlock.Table(["Service"], [new TableRow(["S3"], Tone.Good), new TableRow(["Lex"], Tone.Caution), new TableRow(["IAM"], Tone.Bad), new TableRow(["KMS"])]));
        await host.Surface.PostAsync(new Conversation("console", "console"), card, CancellationToken.None);
        var page = await host.Client.GetStringAsync("/?as=paulo");
        Assert.All(new[] { "Good:", "Caution:", "Bad:", "Neutral:" }, word => Assert.Contains(word, page));
    }

    private static int CountOf(string page, string text) => page.Split(text).Length - 1;
}
