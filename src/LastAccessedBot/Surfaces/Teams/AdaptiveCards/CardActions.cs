using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Surfaces.Teams.AdaptiveCards;

/// <summary>A button; the names are the schema's.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ExecuteAction), "Action.Execute")]
[JsonDerivedType(typeof(SubmitAction), "Action.Submit")]
[JsonDerivedType(typeof(ShowCardAction), "Action.ShowCard")]
[JsonDerivedType(typeof(OpenUrlAction), "Action.OpenUrl")]
public abstract record CardAction(string Title)
{
    public ActionStyle? Style { get; init; }
}

/// <param name="Fallback">For clients that know no universal actions.</param>
public sealed record ExecuteAction(string Title, string Verb, JsonObject Data, CardAction? Fallback = null) : CardAction(Title);

public sealed record SubmitAction(string Title, JsonObject Data) : CardAction(Title);

/// <summary>Opens a card below the button.</summary>
public sealed record ShowCardAction(string Title, AdaptiveCard Card) : CardAction(Title);

/// <summary>Opens a page in a browser.</summary>
public sealed record OpenUrlAction(string Title, Uri Url) : CardAction(Title);

public enum ActionStyle
{
    [JsonStringEnumMemberName("positive")]
    Positive,

    [JsonStringEnumMemberName("destructive")]
    Destructive,
}
