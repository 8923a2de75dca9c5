using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>A block of Block Kit; the names are Slack's.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HeaderBlock), "header")]
[JsonDerivedType(typeof(SectionBlock), "section")]
[JsonDerivedType(typeof(ActionsBlock), "actions")]
[JsonDerivedType(typeof(ContextBlock), "context")]
[JsonDerivedType(typeof(DividerBlock), "divider")]
[JsonDerivedType(typeof(RichTextBlock), "rich_text")]
[JsonDerivedType(typeof(ImageBlock), "image")]
[JsonDerivedType(typeof(InputBlock), "input")]
public abstract record Block;

public sealed record HeaderBlock(PlainText Text) : Block;

/// <param name="Expand">Shows the whole text instead of “see more”.</param>
public sealed record SectionBlock(Mrkdwn Text, bool Expand = true) : Block;

public sealed record ActionsBlock(ImmutableArray<Button> Elements) : Block;

public sealed record ContextBlock(ImmutableArray<Mrkdwn> Elements) : Block;

public sealed record DividerBlock : Block;

public sealed record RichTextBlock(ImmutableArray<Preformatted> Elements) : Block;

/// <param name="AltText">Says what the picture says.</param>
public sealed record ImageBlock(SlackFile SlackFile, string AltText, PlainText Title) : Block;

/// <param name="Id">Of a file that the bot uploaded to the same workspace.</param>
public sealed record SlackFile(string Id);

/// <summary>Something to fill in, in a modal with a submit button.</summary>
public sealed record InputBlock(string BlockId, PlainText Label, InputElement Element) : Block;

/// <summary>What an input block holds.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlainTextInput), "plain_text_input")]
[JsonDerivedType(typeof(StaticSelect), "static_select")]
public abstract record InputElement(string ActionId);

public sealed record PlainTextInput(string ActionId, int MaxLength, bool Multiline = true) : InputElement(ActionId);

public sealed record StaticSelect(string ActionId, ImmutableArray<SelectOption> Options, SelectOption InitialOption) : InputElement(ActionId);

public sealed record SelectOption(PlainText Text, string Value);

/// <summary>Lines as they are, in a typeface of even widths. Slack reads no markup in them.</summary>
public sealed record Preformatted(ImmutableArray<RichText> Elements)
{
    public string Type => "rich_text_preformatted";

    public static Preformatted Of(string text) => new([new RichText(text)]);
}

public sealed record RichText(string Text)
{
    public string Type => "text";
}

public sealed record PlainText(string Text)
{
    public string Type => "plain_text";

    public bool Emoji => true;
}

/// <summary>Text in Slack's markup, made by <see cref="MrkdwnText"/> alone. Verbatim: Slack makes no links and mentions of its own accord.</summary>
public sealed record Mrkdwn(string Text)
{
    public string Type => "mrkdwn";

    public bool Verbatim => true;
}

/// <param name="Style"><c>primary</c>, <c>danger</c>, or null.</param>
public sealed record Button(string ActionId, PlainText Text, string Value, string? Style = null, Confirmation? Confirm = null)
{
    public string Type => "button";
}

public sealed record Confirmation(PlainText Title, Mrkdwn Text, PlainText Confirm, PlainText Deny, string? Style = null);

/// <summary>A modal.</summary>
/// <param name="Submit">The button that sends what was filled in; null where there is nothing to fill in.</param>
public sealed record ModalView(PlainText Title, ImmutableArray<Block> Blocks, PlainText Close, string CallbackId, string PrivateMetadata = "", PlainText? Submit = null)
{
    public string Type => "modal";
}

/// <summary>A Home tab.</summary>
public sealed record HomeView(ImmutableArray<Block> Blocks)
{
    public string Type => "home";

    public static HomeView Of(Card card) => new(CardMessage.Blocks(card, _ => null, BlockKitLimits.BlocksInView, BlockKitLimits.TextInView));
}

/// <summary>A message to post.</summary>
/// <param name="Text">Says everything that matters: for notifications, screen readers, and where the blocks are refused. In markup, escaped.</param>
public sealed record SlackMessage(string Text, ImmutableArray<Block> Blocks);

/// <summary>How blocks are written.</summary>
public static class BlockKitJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
