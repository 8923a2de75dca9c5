using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Tests.Approvals;
using LastAccessedBot.Surfaces;
using LastAccessedBot.Surfaces.Teams.AdaptiveCards;
using LastAccessedBot.Tests.Surfaces.Cards;

namespace LastAccessedBot.Tests.Surfaces.Teams.AdaptiveCards;

public sealed class CardAttachmentTests
{
    private const string Stamp = "stamp-1", On = "1776825925953";

    private static readonly JsonSerializerOptions s_indented = new(AdaptiveCardJson.Options) { WriteIndented = true };

    public static TheoryData<string> Cards => [.. CapturedCards.Names];

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_card_is_as_it_was_looked_at(string name)
    {
        var message = CardAttachment.Render(CapturedCards.Read(name), Stamp);
        Assert.Empty(AdaptiveCardChecks.Of(message));
        Snapshot.Matches(name, JsonSerializer.Serialize(message, s_indented) + "\n", "json");
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void Details_are_as_they_were_looked_at(string name)
    {
        var card = CapturedCards.Read(name);
        var asked = Presses(card).OfType<CardData.OpenDetails>();
        CardDialog[] dialogs = [.. asked.Select(open => DetailsDialog.Render(card, open.Part, open.Page, On, Stamp))];
        Assert.Empty(dialogs.SelectMany(AdaptiveCardChecks.Of));
        Snapshot.Matches($"{name}.details", JsonSerializer.Serialize(dialogs, s_indented) + "\n", "json");
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void Every_button_of_a_card_is_on_the_message(string name)
    {
        var card = CapturedCards.Read(name);
        var buttons = Presses(card).Select(data => data switch { CardData.Press press => press.Choice, CardData.OpenForm open => open.Choice, _ => null }).OfType<string>().Distinct();
        Assert.Equal(ChoicesOf(card).Select(choice => choice.Id), buttons);
    }

    [Fact]
    public void A_form_is_as_it_was_looked_at()
    {
        var choice = ChoicesOf(CapturedCards.Read("team")).Single(one => one.Form is not null);
        Snapshot.Matches("team.form", JsonSerializer.Serialize(FormDialog.Render(choice, On, Stamp), s_indented) + "\n", "json");
        Dictionary<string, string> inputs = new() { ["reason"] = new string('x', 501), ["until"] = "365d" };
        Snapshot.Matches("team.form-again", JsonSerializer.Serialize(FormDialog.Render(choice, On, Stamp, inputs, choice.Form!.Faults(inputs)), s_indented) + "\n", "json");
    }

    [Fact]
    public void A_press_brings_its_choice_and_the_stamp_of_its_rendering_by_either_kind_of_action()
    {
        var card = AdaptiveCardChecks.Node(CardAttachment.Render(Card.Of("Title") with { Choices = [new Choice("run:/unused app-dev", "Review")] }, Stamp).Card);
        var action = Assert.Single(AdaptiveCardChecks.All(card["body"]), node => AdaptiveCardChecks.TypeOf(node) == "Action.Execute");
        Assert.Equal("""{"choice":"run:/unused app-dev","stamp":"stamp-1"}""", action["data"]!.ToJsonString());
        Assert.Equal(new CardData.Press("run:/unused app-dev", Stamp), CardData.ReadExecute(AdaptiveCardChecks.Element(action)));
        Assert.Equal(new CardData.Press("run:/unused app-dev", Stamp), CardData.ReadSubmit(AdaptiveCardChecks.Element(action["fallback"]!["data"]!)));
        Assert.Equal(new CardData.Refresh(), CardData.ReadExecute(AdaptiveCardChecks.Element(card["refresh"]!["action"]!)));
        Assert.False(card["refresh"]!.AsObject().ContainsKey("userIds"));
    }

    [Fact]
    public void What_changes_the_account_asks_once_more_below_its_button()
    {
        var section = new CardBlock.Section("A", Prose.Of($"Detach {"Big"}"), Tone.Caution, [], [new Choice("approve:A", "Approve", ChoiceStyle.Primary), new Choice("undo:A", "Undo"), new Choice("dismiss:A", "Dismiss")]);
        var actions = AdaptiveCardChecks.All(AdaptiveCardChecks.Node(CardAttachment.Render(Card.Of("Title", section), Stamp).Card)).Single(node => AdaptiveCardChecks.TypeOf(node) == "ActionSet")["actions"]!.AsArray();
        Assert.Equal(["Action.ShowCard", "Action.ShowCard", "Action.Execute"], actions.Select(action => action!["type"]!.GetValue<string>()));
        Assert.Equal("Detach Big?", string.Concat(AdaptiveCardChecks.Texts(actions[0]!)));
        Assert.Equal("Undo: Detach Big?", string.Concat(AdaptiveCardChecks.Texts(actions[1]!)));
        Assert.Equal([("Yes, approve", "destructive"), ("Yes, undo", "positive")], actions.Take(2).Select(action => action!["card"]!["actions"]![0]!).Select(yes => (yes["title"]!.GetValue<string>(), yes["style"]!.GetValue<string>())));
    }

    [Fact]
    public void A_card_without_decisions_asks_for_no_refresh() => Assert.Null(CardAttachment.Render(Card.Of("Title"), Stamp).Card.Refresh);

    [Fact]
    public void Four_hundred_services_and_three_thousand_users_fit_by_telling_less()
    {
        var services = new CardBlock.Table(["Service", "Status", "Last used", "By"], [.. Enumerable.Range(0, 400).Select(number => new Core.Cards.TableRow([Prose.Of($"{$"service-{number}"}"), "unused", "not in tracking period", ""], Tone.Caution))], Main: 3);
        var users = Prose.Join(", ", Enumerable.Range(0, 3_000).Select(number => Prose.Of($"{$"user-{number}"}")));
        var section = new CardBlock.Section("ABC", Prose.Of($"Detach {"Big"}"), Tone.Caution, [new CardBlock.Facts([new Fact("Why", "Nobody uses it."), new Fact("Who", users)])], [new Choice("approve:ABC", "Approve", ChoiceStyle.Primary), new Choice("dismiss:ABC", "Dismiss")]);
        var card = Card.Of("Group big", services, section);
        var message = CardAttachment.Render(card, Stamp);
        Assert.Empty(AdaptiveCardChecks.Of(message));
        Assert.Equal(
            [new CardData.OpenDetails("own", 1), new CardData.Press("approve:ABC", Stamp), new CardData.Press("dismiss:ABC", Stamp), new CardData.OpenDetails("ABC", 1), new CardData.Refresh()],
            Presses(card).Distinct());
        var (own, big) = (Read(card, CardParts.Own), Read(card, "ABC"));
        Assert.All(Enumerable.Range(0, 400), number => Assert.Contains($"service-{number}\n", own));
        Assert.All(Enumerable.Range(0, 3_000), number => Assert.Contains($"user-{number}\n", big));
    }

    [Fact]
    public void More_suggestions_than_a_message_holds_are_counted_and_can_be_decided_in_their_dialog()
    {
        var card = Card.Of("Many", [.. Enumerable.Range(0, 40).Select(number => new CardBlock.Section($"P{number}", Prose.Of($"Detach {$"Policy-{number}"}"), Tone.Caution, [new CardBlock.Paragraph(new string('x', 2_000))], [new Choice($"approve:P{number}", "Approve")]))]);
        var message = CardAttachment.Render(card, Stamp);
        Assert.Empty(AdaptiveCardChecks.Of(message));
        var shown = Presses(card).OfType<CardData.Press>().Select(press => press.Choice).Distinct().Count();
        Assert.InRange(shown, 5, 39);
        Assert.Contains($"{40 - shown} more suggestions", string.Concat(AdaptiveCardChecks.Texts(AdaptiveCardChecks.Node(message.Card))));
        Assert.Contains(new CardData.Press("approve:P39", Stamp, On), Pages(card, CardParts.All).SelectMany(AdaptiveCardChecks.Presses));
    }

    [Fact]
    public void A_diff_can_be_read_without_colours_and_keeps_its_indents()
    {
        var card = Card.Of("Title", new CardBlock.Diff("Policy", [new DiffLine(DiffMark.Stays, "  {"), new DiffLine(DiffMark.Goes, "    \"a\""), new DiffLine(DiffMark.Comes, "    \"b\"")]));
        Assert.Equal(["Policy", "    {", "-     \"a\"", "+     \"b\""], Pages(card, CardParts.Own).SelectMany(AdaptiveCardChecks.Texts).Select(line => line.Replace('\u00a0', ' ')));
        Assert.All(Pages(card, CardParts.Own).SelectMany(AdaptiveCardChecks.Texts).Skip(1), line => Assert.DoesNotMatch("^.? ", line));
    }

    [Fact]
    public void What_is_gone_says_so()
    {
        var card = CapturedCards.Read("team");
        Assert.Contains("is gone", string.Concat(AdaptiveCardChecks.Texts(AdaptiveCardChecks.Node(DetailsDialog.Render(card, "NOPE", 1, On, Stamp).Card))));
        Assert.Contains("too old", string.Concat(AdaptiveCardChecks.Texts(AdaptiveCardChecks.Node(DetailsDialog.Gone().Card))));
        Assert.Contains("decided already", string.Concat(AdaptiveCardChecks.Texts(AdaptiveCardChecks.Node(FormDialog.Gone().Card))));
    }

    /// <summary>Cards of every size and content: what Teams would refuse is never sent, and no decision is out of reach.</summary>
    [Fact]
    public void No_card_breaks_a_limit_and_every_choice_can_be_pressed()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var card = new CardGenerator(seed).Card();
            var broken = AdaptiveCardChecks.Of(CardAttachment.Render(card, Stamp)).ToArray();
            Assert.True(broken.Length == 0, $"seed {seed}: {string.Join("; ", broken)}");
            var presses = Presses(card).Concat(Pages(card, CardParts.All).SelectMany(AdaptiveCardChecks.Presses)).Select(data => data switch { CardData.Press press => press.Choice, CardData.OpenForm open => open.Choice, _ => null }).ToHashSet();
            Assert.True(ChoicesOf(card).All(choice => presses.Contains(choice.Id)), $"seed {seed}: a choice is out of reach");
            foreach (var part in card.Blocks.OfType<CardBlock.Section>().Select(CardParts.Of).Append(CardParts.Own))
            {
                broken = [.. AdaptiveCardChecks.Of(DetailsDialog.Render(card, part, seed % 5, On, Stamp))];
                Assert.True(broken.Length == 0, $"seed {seed}, {part}: {string.Join("; ", broken)}");
            }
            foreach (var choice in ChoicesOf(card).Where(choice => choice.Form is not null))
            {
                broken = [.. AdaptiveCardChecks.Of(FormDialog.Render(choice, On, Stamp, faults: choice.Form!.Faults(new Dictionary<string, string>())))];
                Assert.True(broken.Length == 0, $"seed {seed}, {choice.Id}: {string.Join("; ", broken)}");
            }
        }
    }

    private static IEnumerable<Choice> ChoicesOf(Card card) => card.Choices.Concat(card.Blocks.OfType<CardBlock.Section>().SelectMany(section => section.Choices));

    private static IEnumerable<CardData> Presses(Card card) => AdaptiveCardChecks.Presses(AdaptiveCardChecks.Node(CardAttachment.Render(card, Stamp).Card));

    private static string Read(Card card, string part) => string.Join('\n', Pages(card, part).SelectMany(AdaptiveCardChecks.Texts).Append(""));

    private static IEnumerable<JsonNode> Pages(Card card, string part)
    {
        for (var page = 1; ; page++)
        {
            var dialog = DetailsDialog.Render(card, part, page, On, Stamp);
            Assert.Empty(AdaptiveCardChecks.Of(dialog));
            var shown = AdaptiveCardChecks.Node(dialog.Card);
            yield return shown;
            if (!AdaptiveCardChecks.Presses(shown).Contains(new CardData.OpenDetails(part, page + 1, On))) yield break;
        }
    }
}
