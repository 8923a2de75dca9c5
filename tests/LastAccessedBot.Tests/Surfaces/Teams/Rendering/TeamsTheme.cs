namespace LastAccessedBot.Tests.Surfaces.Teams.Rendering;

/// <summary>About Teams' sizes and colours, light and dark, as the renderer's host configuration and as a style sheet.</summary>
internal sealed record TeamsTheme(string Page, string Card, string Ink, string Subtle, string Line, string Emphasis, string Good, string GoodGround, string Warning, string WarningGround, string Attention, string AttentionGround, string Accent)
{
    public static TeamsTheme Light { get; } = new("#f5f5f5", "#ffffff", "#242424", "#616161", "#d1d1d1", "#f5f5f5", "#0e700e", "#e7f2da", "#835b00", "#fbf6d9", "#b10e1c", "#fcf4f6", "#5b5fc7");

    public static TeamsTheme Dark { get; } = new("#141414", "#292929", "#ffffff", "#adadad", "#4d4d4d", "#1f1f1f", "#92c353", "#1a2e0c", "#f2c661", "#463100", "#f9526b", "#3e1f25", "#9299f7");

    public string HostConfig =>
        $$"""
        {
          "supportsInteractivity": true,
          "fontTypes": { "default": { "fontFamily": "'Segoe UI', 'Liberation Sans', sans-serif" }, "monospace": { "fontFamily": "Consolas, 'DejaVu Sans Mono', monospace", "fontSizes": { "small": 12, "default": 13, "medium": 15, "large": 17, "extraLarge": 24 } } },
          "fontSizes": { "small": 12, "default": 14, "medium": 16, "large": 18, "extraLarge": 24 },
          "fontWeights": { "lighter": 300, "default": 400, "bolder": 600 },
          "spacing": { "small": 4, "default": 8, "medium": 12, "large": 16, "extraLarge": 24, "padding": 16 },
          "separator": { "lineThickness": 1, "lineColor": "{{Line}}" },
          "actions": { "maxActions": 6, "spacing": "default", "buttonSpacing": 8, "actionsOrientation": "horizontal", "actionAlignment": "left", "showCard": { "actionMode": "inline", "inlineTopMargin": 8, "style": "emphasis" } },
          "inputs": { "label": { "requiredInputs": { "weight": "bolder", "suffix": " *" }, "inputSpacing": "small" }, "errorMessage": { "color": "attention" } },
          "containerStyles": {
            "default": {{Style(Card)}}, "emphasis": {{Style(Emphasis)}}, "good": {{Style(GoodGround)}}, "warning": {{Style(WarningGround)}}, "attention": {{Style(AttentionGround)}}
          }
        }
        """;

    public string Sheet =>
        $$"""
        :root { color-scheme: {{(this == Light ? "light" : "dark")}}; }
        body { margin: 0; padding: 8px; background: {{Page}}; color: {{Ink}}; font: 14px/1.4 "Segoe UI", "Liberation Sans", sans-serif; }
        h1 { margin: 0 0 8px; font-size: 18px; }
        .who { margin: 0 0 4px 8px; color: {{Subtle}}; font-size: 12px; }
        .card { margin-bottom: 16px; border: 1px solid {{Line}}; border-radius: 6px; background: {{Card}}; overflow: hidden; }
        .dialog { padding: 16px 16px 0; }
        .ac-textRun, .ac-textBlock { line-height: 1.4; overflow-wrap: anywhere; }
        /* Teams goes on in a row of its own, where this renderer would cut buttons off. */
        .ac-actionSet { flex-wrap: wrap; row-gap: 8px; }
        .ac-pushButton { padding: 5px 12px; border: 1px solid {{Line}}; border-radius: 4px; background: {{Card}}; color: {{Ink}}; font: 600 14px/20px inherit; font-family: inherit; cursor: pointer; }
        .ac-pushButton.style-positive { border-color: {{Accent}}; background: {{Accent}}; color: {{Card}}; }
        .ac-pushButton.style-destructive { border-color: {{Attention}}; color: {{Attention}}; }
        .ac-pushButton[aria-expanded="true"] { outline: 2px solid {{Accent}}; }
        .ac-input { box-sizing: border-box; width: 100%; padding: 6px 8px; border: 1px solid {{Line}}; border-radius: 4px; background: {{Emphasis}}; color: {{Ink}}; font: inherit; }
        textarea.ac-input { min-height: 64px; }
        """;

    private string Style(string ground) =>
        $$"""
        { "backgroundColor": "{{ground}}", "borderColor": "{{Line}}", "foregroundColors": {
          "default": { "default": "{{Ink}}", "subtle": "{{Subtle}}" }, "accent": { "default": "{{Accent}}", "subtle": "{{Accent}}" }, "good": { "default": "{{Good}}", "subtle": "{{Good}}" },
          "warning": { "default": "{{Warning}}", "subtle": "{{Warning}}" }, "attention": { "default": "{{Attention}}", "subtle": "{{Attention}}" } } }
        """;
}
