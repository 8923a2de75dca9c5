using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Tests.Approvals;
using LastAccessedBot.Surfaces;
using LastAccessedBot.Surfaces.Slack.BlockKit;
using LastAccessedBot.Tests.Surfaces.Cards;

namespace LastAccessedBot.Tests.Surfaces.Slack.BlockKit;

public sealed class CardMessageTests
{
    private static readonly JsonSerializerOptions s_indented = new(BlockKitJson.Options) { WriteIndented = true };

    public static TheoryData<string> Cards => [.. CapturedCards.Names];

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_card_is_as_it_was_looked_at(string name)
    {
        var message = CardMessage.Render(CapturedCards.Read(name));
        Snapshot.Matches(name, JsonSerializer.Serialize(new { text = message.Text, blocks = message.Blocks }, s_indented) + "\n", "json");
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void Details_are_as_they_were_looked_at(string name)
    {
        var card = CapturedCards.Read(name);
        var values = CardMessage.Render(card).Blocks.OfType<ActionsBlock>().SelectMany(actions => actions.Elements).Select(button => DetailsModal.Read(button.Value)).OfType<(string Part, int Page)>();
        var views = values.Select(value => DetailsModal.Render(card, value.Part, value.Page, "C1/1.1")).ToArray();
        Snapshot.Matches($"{name}.details", JsonSerializer.Serialize(views, s_indented) + "\n", "json");
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void Every_button_of_a_card_is_on_the_message(string name)
    {
        var card = CapturedCards.Read(name);
        var choices = card.Choices.Concat(card.Blocks.OfType<CardBlock.Section>().SelectMany(section => section.Choices)).Select(choice => choice.Id);
        var buttons = CardMessage.Render(card).Blocks.OfType<ActionsBlock>().SelectMany(actions => actions.Elements).Select(button => button.Value).Where(value => DetailsModal.Read(value) is null);
        Assert.Equal(choices, buttons.Select(value => FormModal.Read(value) ?? value));
    }

    [Fact]
    public void A_form_is_as_it_was_looked_at()
    {
        var choice = CapturedCards.Read("team").Blocks.OfType<CardBlock.Section>().Single().Choices.Single(one => one.Form is not null);
        Snapshot.Matches("team.form", JsonSerializer.Serialize(FormModal.Render(choice, choice.Form!, "C1/1.1"), s_indented) + "\n", "json");
    }

    [Fact]
    public void A_chart_is_its_picture_where_there_is_one_and_words_where_there_is_none()
    {
        var card = CapturedCards.Read("power-users");
        var chart = Assert.Single(card.Blocks.OfType<CardBlock.Chart>());
        var pictured = CardMessage.Render(card, shown => shown == chart ? "F0CHART" : null);
        Snapshot.Matches("power-users-pictured", JsonSerializer.Serialize(new { text = pictured.Text, blocks = pictured.Blocks }, s_indented) + "\n", "json");
        Assert.Equal(new ImageBlock(new SlackFile("F0CHART"), chart.InWords, new PlainText(chart.Title)), pictured.Blocks[1]);
        Assert.DoesNotContain(chart.InWords, string.Join('\n', BlockKitChecks.Markup(pictured.Blocks)));
        Assert.Contains(chart.InWords, pictured.Text);
        var told = CardMessage.Render(card);
        Assert.DoesNotContain(told.Blocks, block => block is ImageBlock);
        Assert.Contains(chart.InWords, string.Join('\n', BlockKitChecks.Markup(told.Blocks)));
    }

    [Fact]
    public void Four_hundred_services_and_three_thousand_users_fit_by_telling_less()
    {
        var services = new CardBlock.Table(["Service", "Status", "Last used", "By"], [.. Enumerable.Range(0, 400).Select(number => new TableRow([Prose.Of($"{$"service-{number}"}"), "unused", "not in tracking period", ""], Tone.Caution))]);
        var users = string.Join(", ", Enumerable.Range(0, 3_000).Select(number => $"user-{number}"));
        var section = new CardBlock.Section("ABC", Prose.Of($"Detach {"Big"}"), Tone.Caution, [new CardBlock.Paragraph($"Takes it from {users}.")], [new Choice("approve:ABC", "Approve", ChoiceStyle.Primary), new Choice("dismiss:ABC", "Dismiss")]);
        var card = Card.Of("Group big", services, section);
        var message = CardMessage.Render(card);
        Assert.Empty(BlockKitChecks.Of(message));
        Assert.Equal(["details:own:0", "approve:ABC", "dismiss:ABC", "details:ABC:0"], message.Blocks.OfType<ActionsBlock>().SelectMany(actions => actions.Elements).Select(button => button.Value));
        Assert.All(Enumerable.Range(0, 400), number => Assert.Contains($"`service-{number}`", Read(card, CardParts.Own)));
        Assert.All(Enumerable.Range(0, 3_000), number => Assert.Contains($"user-{number}", Read(card, "ABC")));
    }

    [Fact]
    public void More_suggestions_than_a_message_holds_are_counted_and_readable()
    {
        var card = Card.Of("Many", [.. Enumerable.Range(0, 40).Select(number => new CardBlock.Section($"P{number}", Prose.Of($"Detach {$"Policy-{number}"}"), Tone.Caution, [new CardBlock.Paragraph(new string('x', 2_000))], [new Choice($"approve:P{number}", "Approve")]))]);
        var message = CardMessage.Render(card);
        Assert.Empty(BlockKitChecks.Of(message));
        var buttons = message.Blocks.OfType<ActionsBlock>().SelectMany(actions => actions.Elements).Select(button => button.Value).ToArray();
        Assert.Contains("approve:P0", buttons);
        Assert.Contains("details:all:0", buttons);
        var shown = buttons.Count(value => value.StartsWith("approve:", StringComparison.Ordinal));
        Assert.Contains($"{40 - shown} more suggestions", string.Join('\n', message.Blocks.OfType<SectionBlock>().Select(block => block.Text.Text)));
        Assert.Contains("`Policy-39`", Read(card, CardParts.All));
    }

    [Fact]
    public void Whatever_a_name_holds_it_mentions_nobody_and_links_nowhere()
    {
        const string Hostile = "<!channel> <@U1> <https://evil.example|click> *bold* `code` ~x~ & \n> quote";
        var card = new Card(Prose.Of($"Group {Hostile}"), Tone.Bad,
            [new CardBlock.Paragraph(Hostile), new CardBlock.Facts([new Fact(Hostile, Prose.Of($"{Hostile}"))]), new CardBlock.Section("A", Prose.Strong(Hostile), Tone.Good, [new CardBlock.Details(Hostile, [new CardBlock.Diff(Hostile, [new DiffLine(DiffMark.Goes, Hostile)])])], [new Choice("approve:A", Hostile)])],
            [new Choice("run:/unused " + Hostile, Hostile, Confirm: Hostile)]);
        var message = CardMessage.Render(card);
        Assert.Empty(BlockKitChecks.Of(message));
        var markup = string.Join('\n', BlockKitChecks.Markup(message.Blocks).Append(message.Text).Concat(BlockKitChecks.Markup(DetailsModal.Render(card, "A", 0, "").Blocks)));
        Assert.DoesNotContain('<', markup);
        Assert.DoesNotContain('>', markup);
        Assert.Contains("`&lt;!channel&gt; &lt;@U1&gt;", markup);
    }

    [Fact]
    public void A_place_mentions_the_channel_and_nothing_else()
    {
        static string Of(string conversation) => MrkdwnText.Of(Prose.Place(conversation));
        Assert.Equal("<#C0GENERAL>", Of("T0ACME/C0GENERAL"));
        Assert.Equal("a direct conversation", Of("T0ACME/D0SECRET"));
        Assert.All(new[] { "T0ACME/U0PAULO", "T0ACME/!channel", "C0GENERAL", "T0ACME/C0GENERAL>", "x" }, other => Assert.StartsWith("`", Of(other)));
        Assert.Equal("*in* <#C0GENERAL>", MrkdwnText.Of(CardLines.Bold(((Prose)"in ").Then(Prose.Place("T0ACME/C0GENERAL")))));
        Assert.All(Enumerable.Range(2, 24), most => Assert.DoesNotMatch("<[^>]*$", MrkdwnText.Cut("see it there: <#C0GENERAL>", most)));
    }

    /// <summary>Cards of every size and content: what Slack would refuse is never sent.</summary>
    [Fact]
    public void No_card_breaks_a_limit()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var card = new CardGenerator(seed).Card();
            var message = CardMessage.Render(card);
            var broken = BlockKitChecks.Of(message).Concat(BlockKitChecks.Of(CardMessage.Render(card, _ => "F0001"))).ToArray();
            Assert.True(broken.Length == 0, $"seed {seed}: {string.Join("; ", broken)}");
            broken = [.. BlockKitChecks.Of(HomeView.Of(card))];
            Assert.True(broken.Length == 0, $"seed {seed}, at home: {string.Join("; ", broken)}");
            foreach (var part in card.Blocks.OfType<CardBlock.Section>().Select(CardParts.Of).Append(CardParts.Own).Append(CardParts.All))
            {
                broken = [.. BlockKitChecks.Of(DetailsModal.Render(card, part, seed % 5, "C1/1.1"))];
                Assert.True(broken.Length == 0, $"seed {seed}, {part}: {string.Join("; ", broken)}");
            }
            foreach (var choice in card.Choices.Concat(card.Blocks.OfType<CardBlock.Section>().SelectMany(section => section.Choices)).Where(choice => choice.Form is not null))
            {
                broken = [.. BlockKitChecks.Of(FormModal.Render(choice, choice.Form!, "C1/1.1"))];
                Assert.True(broken.Length == 0, $"seed {seed}, {choice.Id}: {string.Join("; ", broken)}");
            }
        }
    }

    private static string Read(Card card, string part)
    {
        var text = new StringBuilder();
        for (var page = 0; ; page++)
        {
            var view = DetailsModal.Render(card, part, page, "");
            Assert.Empty(BlockKitChecks.Of(view));
            foreach (var markup in BlockKitChecks.Markup(view.Blocks)) text.Append(markup).Append('\n');
            if (!view.Blocks.OfType<ActionsBlock>().SelectMany(actions => actions.Elements).Any(button => button.Text.Text == "Next")) return text.ToString();
        }
    }
}
