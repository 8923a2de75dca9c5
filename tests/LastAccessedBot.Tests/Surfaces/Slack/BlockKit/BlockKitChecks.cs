using System.Text;
using System.Text.Json;
using LastAccessedBot.Surfaces.Slack.BlockKit;

namespace LastAccessedBot.Tests.Surfaces.Slack.BlockKit;

/// <summary>What Slack would refuse of a message or a view, by the numbers of its published limits.</summary>
internal static class BlockKitChecks
{
    public static IEnumerable<string> Of(SlackMessage message)
    {
        if (message.Blocks.Length > 50) yield return $"{message.Blocks.Length} blocks";
        if (Encoding.UTF8.GetByteCount(message.Text) is > 4_000 or 0) yield return $"text of {Encoding.UTF8.GetByteCount(message.Text)} bytes";
        if (CardMessage.TextIn(message.Blocks) > 10_000) yield return $"{CardMessage.TextIn(message.Blocks)} characters";
        foreach (var broken in message.Blocks.SelectMany(Of)) yield return broken;
    }

    public static IEnumerable<string> Of(ModalView view)
    {
        if (view.Blocks.Length is > 100 or 0) yield return $"{view.Blocks.Length} blocks";
        if (JsonSerializer.SerializeToUtf8Bytes(view, BlockKitJson.Options).Length > 250_000) yield return "a view over 250 kB";
        if (view.Blocks.OfType<InputBlock>().Any() != view.Submit is not null) yield return "a submit button without inputs, or inputs without one";
        if (view.CallbackId.Length > 255) yield return "a long callback id";
        foreach (var broken in Length("title", view.Title.Text, 24).Concat(Length("close", view.Close.Text, 24)).Concat(Length("submit", view.Submit?.Text ?? "none", 24)).Concat(view.Blocks.SelectMany(Of))) yield return broken;
    }

    public static IEnumerable<string> Of(HomeView view)
    {
        if (view.Blocks.Length is > 100 or 0) yield return $"{view.Blocks.Length} blocks";
        if (JsonSerializer.SerializeToUtf8Bytes(view, BlockKitJson.Options).Length > 250_000) yield return "a view over 250 kB";
        foreach (var broken in view.Blocks.SelectMany(Of)) yield return broken;
    }

    /// <summary>All texts that Slack reads as markup.</summary>
    public static IEnumerable<string> Markup(IEnumerable<Block> blocks) => blocks.SelectMany(block => block switch
    {
        SectionBlock section => [section.Text.Text],
        ContextBlock context => context.Elements.Select(element => element.Text),
        ActionsBlock actions => actions.Elements.Select(button => button.Confirm?.Text.Text ?? ""),
        _ => [],
    });

    private static IEnumerable<string> Of(Block block) => block switch
    {
        HeaderBlock header => Length("header", header.Text.Text, 150),
        SectionBlock section => Length("section", section.Text.Text, 3_000),
        ContextBlock context => context.Elements.Length is > 10 or 0 ? [$"context of {context.Elements.Length}"] : context.Elements.SelectMany(element => Length("context", element.Text, 2_000)),
        ImageBlock image => Length("alt text", image.AltText, 2_000).Concat(Length("image title", image.Title.Text, 2_000)).Concat(Length("file", image.SlackFile.Id, 40)),
        RichTextBlock rich => rich.Elements.SelectMany(element => element.Elements).SelectMany(text => Length("rich text", text.Text, 3_000)),
        ActionsBlock actions => Of(actions),
        InputBlock input => Length("label", input.Label.Text, 2_000).Concat(Length("block id", input.BlockId, 255)).Concat(Of(input.Element)),
        _ => [],
    };

    private static IEnumerable<string> Of(InputElement element) => element switch
    {
        PlainTextInput text => text.MaxLength is < 1 or > 3_000 ? [$"a longest text of {text.MaxLength}"] : [],
        StaticSelect select => select.Options.Length is > 100 or 0 || !select.Options.Contains(select.InitialOption)
            ? [$"{select.Options.Length} options"]
            : select.Options.SelectMany(option => Length("option", option.Text.Text, 75).Concat(Length("option's value", option.Value, 75))),
        _ => ["another element"],
    };

    private static IEnumerable<string> Of(ActionsBlock actions)
    {
        if (actions.Elements.Length is > 25 or 0) yield return $"{actions.Elements.Length} buttons";
        if (actions.Elements.Select(button => button.ActionId).Distinct().Count() != actions.Elements.Length) yield return "an action id twice";
        foreach (var button in actions.Elements)
        {
            IEnumerable<string> broken = [.. Length("label", button.Text.Text, 75), .. Length("value", button.Value, 2_000), .. Length("action id", button.ActionId, 255)];
            if (button.Confirm is { } confirm) broken = [.. broken, .. Length("confirm title", confirm.Title.Text, 100), .. Length("confirm text", confirm.Text.Text, 300), .. Length("confirm", confirm.Confirm.Text, 30), .. Length("deny", confirm.Deny.Text, 30)];
            foreach (var one in broken) yield return one;
        }
    }

    private static IEnumerable<string> Length(string what, string text, int most) => text.Length == 0 ? [$"an empty {what}"] : text.Length > most ? [$"{what} of {text.Length} characters"] : [];
}
