using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Surfaces.Teams.Payloads;

/// <summary>What is to be done, as the store keeps it between the acknowledgement and the work.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Pressed), "pressed")]
[JsonDerivedType(typeof(Welcomed), "welcomed")]
[JsonDerivedType(typeof(Greeted), "greeted")]
[JsonDerivedType(typeof(Removed), "removed")]
internal abstract record Told(Place Place)
{
    /// <summary>Somebody typed a line.</summary>
    public sealed record Said(Place Place, Account By, string Text) : Told(Place);

    /// <summary>Somebody pressed a button, or filled in its form.</summary>
    /// <param name="On">The message that the button is on.</param>
    public sealed record Pressed(Place Place, Account By, string On, string Choice, ImmutableDictionary<string, string> Inputs) : Told(Place);

    /// <summary>The bot was added to a conversation.</summary>
    /// <param name="By">null where Teams does not tell.</param>
    public sealed record Welcomed(Place Place, Account? By) : Told(Place);

    /// <summary>A conversation that the bot was added to is greeted.</summary>
    public sealed record Greeted(Place Place) : Told(Place);

    /// <summary>The bot was removed from a conversation.</summary>
    public sealed record Removed(Place Place) : Told(Place);
}
