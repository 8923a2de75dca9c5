using System.Text.Json.Nodes;
using LastAccessedBot.Surfaces.Teams.AdaptiveCards;
using LastAccessedBot.Tests.Surfaces.Console;
using LastAccessedBot.Tests.Surfaces.Teams.AdaptiveCards;
using Microsoft.Playwright;

namespace LastAccessedBot.Tests.Surfaces.Teams.Rendering;

/// <summary>Every card that was looked at, drawn by the reference renderer about as Teams draws it. The pictures are left in <c>artifacts/teams/</c>, for eyes.</summary>
public sealed class RenderingTests
{
    // Within the page and all that is around it, and with all of its title.
    private const string Buttons =
        """
        [...document.querySelectorAll('button')].filter(b => b.offsetParent).map(b => {
          const r = b.getBoundingClientRect(); let isWhole = r.width > 0 && b.scrollWidth <= b.clientWidth + 1;
          for (let around = b.parentElement; around; around = around.parentElement) { const a = around.getBoundingClientRect(); isWhole &&= r.left >= a.left - 1 && r.right <= a.right + 1 && r.bottom <= a.bottom + 1; }
          return isWhole; })
        """;

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(720, ColorScheme.Light)]
    [InlineData(720, ColorScheme.Dark)]
    public async Task Every_card_is_drawn_without_a_fault_and_every_button_is_whole(int width, ColorScheme colors)
    {
        TeamsPage.SkipWhereNotInstalled();
        await using var browser = await Browser.StartAsync();
        var folder = Directory.CreateDirectory(Repository.File($"artifacts/teams/{width}-{colors}")).FullName;
        List<string> complaints = [];
        IPage? page = null;
        foreach (var file in Directory.EnumerateFiles(Repository.File("tests/LastAccessedBot.Tests/Surfaces/Teams/AdaptiveCards/Snapshots"), "*.json").Where(file => !file.Contains(".received.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var document = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
            page = await OpenAsync(browser, page, [document], colors == ColorScheme.Dark ? TeamsTheme.Dark : TeamsTheme.Light, Path.Combine(folder, $"{name}.html"), width, complaints);
            Assert.Empty(complaints);
            // Charts are Teams' own: this renderer knows none, and says in words what they say.
            Assert.All(await page.EvaluateAsync<string[]>("seen.faults"), fault => Assert.Contains("Chart.HorizontalBar", fault, StringComparison.Ordinal));
            Assert.Empty(await page.EvaluateAsync<string[]>("seen.markdown"));
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
            await AssertWholeAsync(page, name, width, ButtonsOn(document));
            var questions = await page.QuerySelectorAllAsync("button[aria-expanded=false]");
            Assert.Equal(AdaptiveCardChecks.All(document).Count(node => AdaptiveCardChecks.TypeOf(node) == "Action.ShowCard"), questions.Count);
            foreach (var button in questions)
            {
                await button.ClickAsync();
                await AssertWholeAsync(page, name, width, null);
            }
            if (questions.Count > 0) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-asking.png"), FullPage = true });
        }
        Assert.NotNull(page);
    }

    [Fact]
    public async Task Whatever_a_name_holds_people_read_it_as_it_is()
    {
        TeamsPage.SkipWhereNotInstalled();
        await using var browser = await Browser.StartAsync();
        var folder = Directory.CreateDirectory(Repository.File("artifacts/teams")).FullName;
        List<string> complaints = [];
        var card = HostileCard.Of(string.Join(" ", RunTextTests.Hostile));
        var documents = HostileCard.Everything(card).Select(one => (JsonNode)new JsonObject { ["card"] = AdaptiveCardChecks.Node(one) });
        var page = await OpenAsync(browser, null, documents, TeamsTheme.Light, Path.Combine(folder, "hostile.html"), 720, complaints);
        Assert.Empty(complaints);
        Assert.Empty(await page.EvaluateAsync<string[]>("seen.markdown"));
        Assert.Equal(0, await page.Locator("a, strong, em, s, code, ul, ol, blockquote, at, h2").CountAsync());
        var text = await page.Locator("body").InnerTextAsync();
        Assert.All(new[] { "[x](http://evil.example)", "**b**", "_i_", "~~s~~", "`code`", "1. x", "- x", "&lt;b&gt;", "<b>x</b>", "<script>x</script>", "DATE(2026-01-01T00:00:00Z)" }, name => Assert.Contains(name, text, StringComparison.Ordinal));
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "hostile.png"), FullPage = true });
    }

    /// <summary>A check that lets faults pass would be worth nothing.</summary>
    [Fact]
    public async Task A_misspelt_element_and_markdown_are_seen()
    {
        TeamsPage.SkipWhereNotInstalled();
        await using var browser = await Browser.StartAsync();
        var folder = Directory.CreateDirectory(Repository.File("artifacts/teams")).FullName;
        var card = JsonNode.Parse("""{"card":{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlok","text":"x"},{"type":"TextBlock","text":"**b** {{DATE(2026-01-01T00:00:00Z)}}"},{"type":"Input.Text","label":"x"}]}}""")!;
        var page = await OpenAsync(browser, null, [card], TeamsTheme.Light, Path.Combine(folder, "broken.html"), 720, []);
        Assert.Contains(await page.EvaluateAsync<string[]>("seen.faults"), fault => fault.Contains("TextBlok", StringComparison.Ordinal));
        Assert.Single(await page.EvaluateAsync<string[]>("seen.markdown"));
        Assert.Equal(1, await page.Locator("strong").CountAsync());
        Assert.DoesNotContain("DATE", await page.Locator(".card").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static async Task<IPage> OpenAsync(Browser browser, IPage? page, IEnumerable<JsonNode> documents, TeamsTheme theme, string sheet, int width, List<string> complaints)
    {
        await File.WriteAllTextAsync(sheet, TeamsPage.Of(documents, theme), TestContext.Current.CancellationToken);
        if (page is null) return await browser.OpenAsync(new Uri(sheet), complaints, new() { ViewportSize = new() { Width = width, Height = 800 }, DeviceScaleFactor = 1.5f });
        await page.GotoAsync(new Uri(sheet).ToString());
        return page;
    }

    /// <param name="expected">How many buttons are to be seen; null where it does not matter.</param>
    private static async Task AssertWholeAsync(IPage page, string name, int width, int? expected)
    {
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") == width, $"{name} is wider than {width}");
        var buttons = await page.EvaluateAsync<bool[]>(Buttons);
        Assert.True(buttons.All(isWhole => isWhole), $"{name} has a button that is cut off");
        if (expected is not null) Assert.Equal(expected, buttons.Length);
    }

    // Those behind a question are not to be seen yet; the fallbacks and the refresh are no buttons.
    private static int ButtonsOn(JsonNode? node) => node switch
    {
        JsonObject parts when parts["type"]?.GetValue<string>().StartsWith("Action.", StringComparison.Ordinal) == true => 1,
        JsonObject parts => parts.Where(part => part.Key is not ("refresh" or "fallback")).Sum(part => ButtonsOn(part.Value)),
        JsonArray items => items.Sum(ButtonsOn),
        _ => 0,
    };
}
