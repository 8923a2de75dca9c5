using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LastAccessedBot.Tests.Surfaces.Console;

public sealed class ConsoleBrowserTests
{
    [Fact]
    public async Task Two_people_see_a_card_one_presses_and_both_see_it_change()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var browser = await Browser.StartAsync();
        List<string> complaints = [];
        var paulo = await browser.OpenAsync(host.Address, complaints);
        await paulo.GetByRole(AriaRole.Button, new() { Name = "Paulo Santos" }).ClickAsync();
        var line = paulo.GetByRole(AriaRole.Combobox, new() { Name = "Message as Paulo Santos" });
        await line.FillAsync("/unused app-dev");
        await line.PressAsync("Enter");
        await Expect(paulo.GetByRole(AriaRole.Heading, new() { Name = "You said /unused app-dev" })).ToBeVisibleAsync();
        await Expect(line).ToHaveValueAsync("");

        var nikki = await browser.OpenAsync(new Uri(host.Address, "/?as=nikki"), complaints);
        await nikki.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        var dialog = nikki.GetByRole(AriaRole.Dialog, new() { Name = "Really?" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await nikki.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(nikki.GetByRole(AriaRole.Heading, new() { Name = "Approved by Nikki Wolf" })).ToBeVisibleAsync();
        await Expect(paulo.GetByRole(AriaRole.Heading, new() { Name = "Approved by Nikki Wolf" })).ToBeVisibleAsync();
        await Expect(nikki.GetByText("You approved this").First).ToBeVisibleAsync();
        await Expect(paulo.GetByText("You approved this")).ToHaveCountAsync(0);
        await Expect(paulo.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
        Assert.True(await nikki.EvaluateAsync<bool>("document.activeElement.matches('article')"), "the focus stays in the message whose button went away");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_line_takes_text_only_once_Enter_would_send_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var browser = await Browser.StartAsync();
        List<string> complaints = [];
        var page = await browser.OpenAsync(host.Address, complaints);
        var slow = new TaskCompletionSource();
        await page.RouteAsync("**/Composer.razor*.js", async route =>
        {
            await slow.Task;
            await route.ContinueAsync();
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Paulo Santos" }).ClickAsync();
        var line = page.GetByRole(AriaRole.Combobox, new() { Name = "Message as Paulo Santos" });
        await Expect(line).ToBeVisibleAsync();
        await Expect(line).Not.ToBeEditableAsync();
        slow.SetResult();
        await line.FillAsync("/unused app-dev");
        await line.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You said /unused app-dev" })).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_form_is_filled_in_by_keyboard_on_a_phone_and_can_be_left(ColorScheme scheme)
    {
        EchoBot? bot = null;
        await using var host = await ConsoleHost.StartAsync(surface => bot = new EchoBot(surface));
        await using var browser = await Browser.StartAsync();
        List<string> complaints = [];
        await host.SayAsync("paulo", "/unused form");
        var page = await browser.OpenAsync(new Uri(host.Address, "/?as=nikki"), complaints, new() { ViewportSize = new() { Width = 360, Height = 640 }, ColorScheme = scheme });
        var lend = page.GetByRole(AriaRole.Button, new() { Name = "Lend" }).First;
        await Expect(lend).ToBeEnabledAsync();
        await lend.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Lend out a book" });
        var whom = dialog.GetByLabel("To whom?");
        await Expect(whom).ToBeFocusedAsync();
        Assert.True(await dialog.EvaluateAsync<bool>("dialog => { const box = dialog.getBoundingClientRect(); return box.left >= 0 && box.right <= 360 && dialog.scrollWidth <= dialog.clientWidth; }"), "the dialog fits a phone");
        Assert.NotEqual(await whom.EvaluateAsync<string>("field => getComputedStyle(field).color"), await whom.EvaluateAsync<string>("field => getComputedStyle(field).backgroundColor"));

        // Left empty it is not sent, and Escape leaves without a word.
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Lend" }).ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await whom.PressSequentiallyAsync("somebody");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        Assert.Empty(bot!.Clicks);

        await lend.ClickAsync();
        await Expect(whom).ToHaveValueAsync("");
        await Expect(dialog.GetByLabel("For how long?")).ToHaveValueAsync("30");
        await whom.PressSequentiallyAsync("Zoë, and nobody else in the house");
        await dialog.GetByLabel("For how long?").SelectOptionAsync("a week");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Lend" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Approved by Nikki Wolf" })).ToBeVisibleAsync();
        Assert.Equal(("Zoë, and nobody else", "7"), (bot.Clicks.Single().Inputs["to"], bot.Clicks.Single().Inputs["days"]));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task The_line_is_completed_and_recalled_by_keyboard()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var browser = await Browser.StartAsync();
        List<string> complaints = [];
        var page = await browser.OpenAsync(new Uri(host.Address, "/?as=paulo"), complaints);
        var line = page.GetByRole(AriaRole.Combobox, new() { Name = "Message as Paulo Santos" });
        await Expect(line).ToBeEditableAsync();
        var completions = page.GetByRole(AriaRole.Listbox, new() { Name = "Completions" });
        await line.PressSequentiallyAsync("/unused dev");
        await Expect(completions.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await line.PressAsync("ArrowDown");
        await line.PressAsync("ArrowDown");
        await Expect(completions.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("app-dev");
        await line.PressAsync("Escape");
        await Expect(completions.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
        await line.PressSequentiallyAsync("e");
        await Expect(completions.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await line.PressAsync("Tab");
        await Expect(line).ToHaveValueAsync("/unused Development");
        await line.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You said /unused Development" })).ToBeVisibleAsync();
        await Expect(line).ToBeFocusedAsync();
        await line.PressAsync("ArrowUp");
        await Expect(line).ToHaveValueAsync("/unused Development");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_phone_needs_no_sideways_scrolling_and_the_page_remembers_who_one_is()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var browser = await Browser.StartAsync();
        List<string> complaints = [];
        var page = await browser.OpenAsync(host.Address, complaints, new() { ViewportSize = new() { Width = 360, Height = 740 } });
        await page.GetByRole(AriaRole.Button, new() { Name = "Nikki Wolf" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "/unused app-dev" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You said" })).ToBeVisibleAsync();
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.GotoAsync(host.Address.ToString());
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Message as Nikki Wolf" })).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task The_end_stays_in_view_only_while_the_reader_is_there()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var browser = await Browser.StartAsync();
        for (var number = 0; number < 15; number++) await host.SayAsync("nikki", $"/unused group-{number}");
        var page = await browser.OpenAsync(new Uri(host.Address, "/?as=paulo"), []);
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Message as Paulo Santos" })).ToBeEditableAsync();
        await host.SayAsync("nikki", "/unused first");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You said /unused first" })).ToBeInViewportAsync();
        // A change in the frame of the scrolling itself: it is seen before the browser tells of the scrolling.
        await page.EvaluateAsync("document.querySelector('main').scrollTop = 0; document.querySelector('[data-messages]').append(new Comment('later'))");
        await host.SayAsync("nikki", "/unused second");
        var newer = page.GetByRole(AriaRole.Button, new() { Name = "New messages" });
        await Expect(newer).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelector('main').scrollTop"));
        await newer.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You said /unused second" })).ToBeInViewportAsync();
        await Expect(newer).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_bot_that_breaks_is_said_so_on_the_page()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(new Uri(host.Address, "/?as=paulo"), []);
        var line = page.GetByRole(AriaRole.Combobox, new() { Name = "Message as Paulo Santos" });
        await Expect(line).ToBeEditableAsync();
        await line.FillAsync("/unused break");
        await line.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "could not answer" })).ToBeVisibleAsync();
    }
}
