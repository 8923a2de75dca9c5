using System.Net.Http.Json;
using System.Text.Json;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Console;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.Surfaces.Console;

public sealed class ConsoleEndpointsTests
{
    private static readonly Conversation Shared = new("console", "console");

    [Fact]
    public async Task A_typed_line_is_answered_with_the_cards_that_it_caused()
    {
        await using var host = await ConsoleHost.StartAsync();
        var answer = await host.SayAsync("paulo", "/unused app-dev");
        Assert.Equal("console", answer.GetProperty("conversation").GetString());
        var message = Assert.Single(answer.GetProperty("messages").EnumerateArray());
        Assert.Equal("bot", message.GetProperty("author").GetString());
        var card = message.GetProperty("card").Deserialize<Card>(CardJson.Options)!;
        Assert.Equal("You said /unused app-dev", card.Title.ToString());
        Assert.Equal("approve|1", Assert.Single(card.Choices).Id);
    }

    [Fact]
    public async Task The_conversation_holds_the_persons_line_before_the_answer()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.SayAsync("paulo", "/unused app-dev");
        var messages = (await host.PollAsync(0, "nikki")).GetProperty("messages").EnumerateArray().ToArray();
        Assert.Equal(["paulo", "bot"], messages.Select(message => message.GetProperty("author").GetString()));
        Assert.Equal("/unused app-dev", messages[0].GetProperty("text").GetString());
        Assert.True(messages[0].GetProperty("seq").GetInt64() < messages[1].GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task A_press_changes_the_message_in_place_and_tells_the_presser()
    {
        await using var host = await ConsoleHost.StartAsync();
        var posted = (await host.SayAsync("paulo", "/unused app-dev")).GetProperty("messages")[0];
        var messages = (await host.PressAsync("nikki", posted.GetProperty("id").GetString(), "approve|1")).GetProperty("messages");
        Assert.Equal(2, messages.GetArrayLength());
        Assert.Equal(posted.GetProperty("id").GetString(), messages[0].GetProperty("id").GetString());
        Assert.True(messages[0].GetProperty("seq").GetInt64() > posted.GetProperty("seq").GetInt64());
        Assert.Equal("nikki", messages[1].GetProperty("onlyFor").GetString());
    }

    [Fact]
    public async Task A_choice_that_the_card_no_longer_has_is_still_passed_on()
    {
        EchoBot? bot = null;
        await using var host = await ConsoleHost.StartAsync(surface => bot = new EchoBot(surface));
        var id = (await host.SayAsync("paulo", "/unused app-dev")).GetProperty("messages")[0].GetProperty("id").GetString();
        await host.PressAsync("nikki", id, "approve|1");
        await host.PressAsync("paulo", id, "approve|1");
        Assert.Equal(["Nikki Wolf", "Paulo Santos"], bot!.Clicks.Select(click => click.By.Name));
    }

    [Fact]
    public async Task What_a_form_asks_for_is_passed_on_with_the_press_and_other_inputs_do_no_harm()
    {
        EchoBot? bot = null;
        await using var host = await ConsoleHost.StartAsync(surface => bot = new EchoBot(surface));
        var id = (await host.SayAsync("paulo", "/unused form")).GetProperty("messages")[0].GetProperty("id").GetString();
        await host.PressAsync("nikki", id, "lend|1", new { to = "Zoë", days = "7", more = "ignored" });
        Assert.Equal(("lend|1", "Zoë", "7"), (bot!.Clicks.Single().Choice, bot.Clicks.Single().Inputs["to"], bot.Clicks.Single().Inputs["days"]));
    }

    [Fact]
    public async Task What_a_form_asks_for_and_does_not_get_is_said_and_the_press_does_not_count()
    {
        EchoBot? bot = null;
        await using var host = await ConsoleHost.StartAsync(surface => bot = new EchoBot(surface));
        var message = (await host.SayAsync("paulo", "/unused form")).GetProperty("messages")[0].GetProperty("id").GetString();
        using var response = await host.Client.PostAsJsonAsync("/api/console/actions", new { user = "nikki", message, choice = "lend|1", inputs = new { to = "Zoë", days = "8" } });
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("The form is not filled in as it asks; `days`: Choose one of `7`, `30`.", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
        Assert.Empty(bot!.Clicks);
    }

    [Fact]
    public async Task What_only_one_person_is_told_nobody_else_sees()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.SayAsync("paulo", "/unused secret");
        Assert.Equal(3, (await host.PollAsync(0, "paulo")).GetProperty("messages").GetArrayLength());
        Assert.Equal(2, (await host.PollAsync(0, "nikki")).GetProperty("messages").GetArrayLength());
        var anonymous = await host.Client.GetFromJsonAsync<JsonElement>("/api/console/messages");
        Assert.Equal(2, anonymous.GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task An_answer_holds_nothing_that_somebody_else_caused_at_the_same_time()
    {
        await using var host = await ConsoleHost.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => host.SayAsync("paulo", $"/unused group-{number}")));
        Assert.All(answers.Select((answer, number) => (answer, number)), one =>
            Assert.Contains($"group-{one.number}\"", Assert.Single(one.answer.GetProperty("messages").EnumerateArray()).GetRawText()));
        var seqs = (await host.PollAsync(0, "paulo")).GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("seq").GetInt64()).ToArray();
        Assert.Equal(Enumerable.Range(1, 40).Select(number => (long)number), seqs);
    }

    [Fact]
    public async Task Conversations_do_not_mix()
    {
        await using var host = await ConsoleHost.StartAsync();
        var other = await host.SayAsync("paulo", "/unused app-dev", "team-b");
        Assert.Equal("team-b", other.GetProperty("conversation").GetString());
        await host.SayAsync("paulo", "/unused nikhilj");
        Assert.Equal(2, (await host.PollAsync(0, "paulo", "team-b")).GetProperty("messages").GetArrayLength());
        Assert.Equal(2, (await host.PollAsync(0, "paulo")).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_long_poll_wakes_when_a_card_is_updated()
    {
        await using var host = await ConsoleHost.StartAsync();
        var posted = await host.Surface.PostAsync(Shared, Card.Of("Working"), CancellationToken.None);
        var poll = host.PollAsync(1, "paulo");
        Assert.NotSame(poll, await Task.WhenAny(poll, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System)));
        await host.Surface.UpdateAsync(posted, Card.Of("Done"), CancellationToken.None);
        var message = Assert.Single((await poll.WaitAsync(TimeSpan.FromSeconds(10))).GetProperty("messages").EnumerateArray());
        Assert.Contains("Done", message.GetRawText());
        Assert.Equal(2, message.GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task A_long_poll_ends_empty_after_25_seconds_without_news()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var host = await ConsoleHost.StartAsync(also: builder => builder.Services.AddSingleton<TimeProvider>(time));
        var poll = host.PollAsync(0, "paulo");
        for (var step = 0; step < 100 && !poll.IsCompleted; step++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            time.Advance(TimeSpan.FromSeconds(5));
        }
        Assert.Equal(0, (await poll).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_restart_keeps_the_messages()
    {
        string database;
        await using (var first = await ConsoleHost.StartAsync())
        {
            database = first.Database;
            await first.SayAsync("paulo", "/unused app-dev");
        }
        await using var second = await ConsoleHost.StartAsync(database: database);
        var kept = (await second.PollAsync(0, "nikki")).GetProperty("messages");
        Assert.Equal(2, kept.GetArrayLength());
        var next = (await second.PressAsync("nikki", kept[1].GetProperty("id").GetString(), "approve|1")).GetProperty("messages")[0];
        Assert.Equal(3, next.GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task The_people_are_listed()
    {
        await using var host = await ConsoleHost.StartAsync();
        var people = await host.Client.GetFromJsonAsync<JsonElement>("/api/console/people");
        Assert.Equal(["paulo", "nikki", "zoe"], people.EnumerateArray().Select(person => person.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_console_that_is_off_has_no_addresses_and_no_database()
    {
        await using var host = await ConsoleHost.StartAsync(
            also: builder => builder.Services.AddSingleton<IChatSurface>(new NoSurface()), enabled: false);
        Assert.Equal(404, (int)(await host.Client.GetAsync("/")).StatusCode);
        Assert.Equal(404, (int)(await host.Client.GetAsync("/api/console/people")).StatusCode);
        Assert.False(File.Exists(host.Database));
    }

    private sealed class NoSurface : IChatSurface
    {
        public string Name => "none";

        public Task<PostedMessage> PostAsync(Conversation conversation, Card card, CancellationToken cancellation) => throw new NotSupportedException();

        public Task UpdateAsync(PostedMessage message, Card card, CancellationToken cancellation) => throw new NotSupportedException();

        public Task TellAsync(Conversation conversation, Person person, Card card, CancellationToken cancellation) => throw new NotSupportedException();

        public Task EndPrivatelyAsync(PostedMessage message, Person person, Card card, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
