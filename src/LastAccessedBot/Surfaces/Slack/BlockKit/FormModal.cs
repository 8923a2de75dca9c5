using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>What a choice asks for before its press counts, as a modal.</summary>
public static class FormModal
{
    private const string Prefix = "form:";

    /// <summary>The value of a button that opens the form, and the callback id of the modal: both name the choice.</summary>
    public static string Value(string choice) => Prefix + choice;

    /// <summary>The id of the choice; null for what is no such value.</summary>
    public static string? Read(string value) => value.Length > Prefix.Length && value.StartsWith(Prefix, StringComparison.Ordinal) ? value[Prefix.Length..] : null;

    /// <param name="metadata">What comes back with the submission, at most 3,000 characters.</param>
    public static ModalView Render(Choice choice, Form form, string metadata) => new(
        Title(choice.Label),
        [new SectionBlock(new Mrkdwn(MrkdwnText.Cut(MrkdwnText.Of(form.About), BlockKitLimits.SectionText))), .. form.Fields.Select(Input)],
        new PlainText("Cancel"), Value(choice.Id), metadata, Title(choice.Label));

    /// <summary>Where the choice is not on the card any more.</summary>
    public static ModalView Gone() => new(
        new PlainText("Too late"), [new SectionBlock(new Mrkdwn("This is decided already: close this and look at the card."))], new PlainText("Close"), "form-gone");

    private static PlainText Title(string label) => new(PlainWords.Cut(label, BlockKitLimits.ViewTitle));

    private static InputBlock Input(Field field) => new(field.Id, new PlainText(PlainWords.Cut(field.Label, BlockKitLimits.InputLabel)), field switch
    {
        Field.Text text => new PlainTextInput(field.Id, Math.Min(text.Most, BlockKitLimits.InputText), Multiline: text.Exactly is null),
        Field.OneOf one => new StaticSelect(field.Id, [.. one.Options.Select(Of)], Of(one.Options.First(option => option.Value == one.Initial))),
        _ => throw new System.Diagnostics.UnreachableException(),
    });

    private static SelectOption Of(Option option) => new(new PlainText(PlainWords.Cut(option.Label, BlockKitLimits.OptionText)), option.Value);
}
