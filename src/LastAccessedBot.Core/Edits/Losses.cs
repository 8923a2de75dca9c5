using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Edits;

/// <summary>What nothing brings back once edits were made.</summary>
public static class Losses
{
    /// <summary>All of it, as a list within a sentence; null where the inverses bring everything back that counts.</summary>
    public static Prose? Of(IEnumerable<AccountEdit> edits) => Prose.Join(", ", edits.Select(edit => edit.Loss).OfType<Prose>()) is { Spans.IsEmpty: false } losses ? losses : null;
}
