using System.Text.Json.Nodes;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Surfaces.Slack.Pictures;
using LastAccessedBot.Tests.Surfaces.Cards;
using LastAccessedBot.Tests.Surfaces.Console;
using Microsoft.Playwright;

namespace LastAccessedBot.Tests.Surfaces.Slack.Preview;

/// <summary>Every card that was looked at, drawn about as Slack draws it. The pictures are left in <c>artifacts/slack/</c>, for eyes.</summary>
public sealed class PreviewTests
{
    private static readonly string s_cards = Repository.File("tests/LastAccessedBot.Tests/Surfaces/Slack/BlockKit");

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(720, ColorScheme.Light)]
    [InlineData(720, ColorScheme.Dark)]
    public async Task Nothing_overflows_and_every_button_is_whole(int width, ColorScheme colors)
    {
        await using var browser = await Browser.StartAsync();
        var folder = Directory.CreateDirectory(Repository.File($"artifacts/slack/{width}-{colors}")).FullName;
        var preview = new BlockKitPreview(PictureOf);
        List<string> complaints = [];
        IPage? page = null;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(s_cards, "Snapshots"), "*.json").Where(file => !file.Contains(".received.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var document = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
            var sheet = Path.Combine(folder, $"{name}.html");
            await File.WriteAllTextAsync(sheet, preview.Page(document), TestContext.Current.CancellationToken);
            if (page is null) page = await browser.OpenAsync(new Uri(sheet), complaints, new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = colors, DeviceScaleFactor = 1.5f });
            else await page.GotoAsync(new Uri(sheet).ToString());
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") == width, $"{name} is wider than {width}");
            var buttons = await page.EvaluateAsync<bool[]>(
                "[...document.querySelectorAll('button')].map(b => { const r = b.getBoundingClientRect(); return r.width > 0 && r.left >= 0 && r.right <= innerWidth && b.scrollWidth <= b.clientWidth; })");
            Assert.Equal(Buttons(document), buttons.Length);
            Assert.True(buttons.All(isWhole => isWhole), $"{name} has a button that is cut off");
        }
        Assert.NotNull(page);
        Assert.Empty(complaints);
    }

    private static int Buttons(JsonNode? node) => node switch
    {
        JsonObject parts => (parts["type"] is JsonValue type && type.GetValue<string>() == "button" ? 1 : 0) + parts.Sum(part => Buttons(part.Value)),
        JsonArray items => items.Sum(Buttons),
        _ => 0,
    };

    private static string PictureOf(string words)
    {
        var chart = CapturedCards.Names.SelectMany(name => CapturedCards.Read(name).Blocks.OfType<CardBlock.Chart>()).First(chart => chart.InWords == words);
        return "data:image/png;base64," + Convert.ToBase64String(ChartPicture.Draw(chart));
    }
}
