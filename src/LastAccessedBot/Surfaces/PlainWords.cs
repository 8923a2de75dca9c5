namespace LastAccessedBot.Surfaces;

/// <summary>Texts that know no markup.</summary>
internal static class PlainWords
{
    /// <summary>Cuts without cutting a character in two; an ellipsis is the last of what is left.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";
}
