using System.Globalization;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Reports.Page;

/// <summary>
/// How the plots are drawn: across in shares of the width, down in pixels. So a plot is as wide as the page is, and its letters are as large on a
/// phone as anywhere, without a script that measures.
/// </summary>
internal static class Svg
{
    /// <summary>A share of the width, 0 to 1; what lies outside is drawn at the edge.</summary>
    public static string Across(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * Math.Clamp(share, 0, 1):0.##}%");

    public static string Down(double pixels) => pixels.ToString("0.##", CultureInfo.InvariantCulture);

    public static string ToneOf(Tone tone) => tone.ToString().ToLowerInvariant();

    /// <summary>As much of a label as a phone has room for; the table below has all of it.</summary>
    public static string Label(string text) => PlainWords.Cut(text, 34);
}
