using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Approvals;

/// <summary>What nothing brings back whole is approved by typing its name: whoever does has read which one it is, and what is lost.</summary>
public static class TypedName
{
    private const int LongestName = 128;

    /// <summary>What a press of Approve asks for; null for a trim that a press alone approves.</summary>
    public static Form? Form(Trim trim) => trim is { Deletes: { } identity, Loss: { } loss }
        ? new Form(
            Prose.Of($"{trim.Title}? Nothing brings back: {loss}."),
            [new Field.Text("name", $"Type the name of the {identity.KindWord}", LongestName, Exactly: identity.Name)])
        : null;
}
