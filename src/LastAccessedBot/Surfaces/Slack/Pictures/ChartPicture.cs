using LastAccessedBot.Core.Cards;
using ScottPlot;
using SkiaSharp;
using Bar = LastAccessedBot.Core.Cards.Bar;

namespace LastAccessedBot.Surfaces.Slack.Pictures;

/// <summary>
/// A chart as a PNG: bars that lie, with their labels at the left and their values at the end. White, whichever theme the reader has:
/// Slack shows one picture to all.
/// </summary>
internal static class ChartPicture
{
    // As wide as a phone shows it, in three times the dots.
    private const int Width = 460, BarHeight = 30, Margin = 10, Dots = 3;
    private const float TextSize = 15;
    private static readonly Color s_ink = Color.FromHex("#1d1c1d");
    private static readonly string[] s_typefaces = ["Inter", "Noto Sans", "Liberation Sans", "DejaVu Sans", "Arial", "Helvetica"];

    /// <exception cref="InvalidOperationException">The machine has no typeface; one package of fonts is enough, such as Debian's fonts-dejavu-core.</exception>
    public static byte[] Draw(CardBlock.Chart chart)
    {
        var bars = chart.Bars;
        var typeface = Typeface(SKFontManager.Default.FontFamilies);
        using var plot = new Plot();
        var drawn = plot.Add.Bars(bars.Select((bar, index) => new ScottPlot.Bar
        {
            Position = bars.Length - index,
            Value = bar.Value,
            Size = 0.62,
            FillColor = ColorOf(bar.Tone),
            LineWidth = 0,
            ValueLabel = bar.Value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture),
        }).ToArray());
        drawn.Horizontal = true;
        drawn.ValueLabelStyle.FontName = typeface;
        drawn.ValueLabelStyle.FontSize = TextSize;
        drawn.ValueLabelStyle.ForeColor = s_ink;
        drawn.ValueLabelStyle.Bold = true;
        var axis = plot.Axes.Left;
        axis.SetTicks([.. bars.Select((_, index) => (double)(bars.Length - index))], [.. bars.Select(bar => bar.Label)]);
        axis.TickLabelStyle.FontName = typeface;
        axis.TickLabelStyle.FontSize = TextSize;
        axis.TickLabelStyle.ForeColor = s_ink;
        axis.MajorTickStyle.Length = 0;
        plot.HideGrid();
        foreach (var edge in new IAxis[] { plot.Axes.Bottom, plot.Axes.Right, plot.Axes.Top }) edge.IsVisible = false;
        axis.FrameLineStyle.Width = 1;
        axis.FrameLineStyle.Color = Color.FromHex("#bbbabb");
        plot.FigureBackground.Color = plot.DataBackground.Color = Colors.White;
        // Room for the value at the end of the longest bar.
        plot.Axes.SetLimits(0, Math.Max(1, bars.Max(bar => bar.Value)) * 1.18, 0.4, bars.Length + 0.6);
        plot.ScaleFactor = Dots;
        return plot.GetImageBytes(Width * Dots, ((bars.Length * BarHeight) + (2 * Margin)) * Dots, ImageFormat.Png);
    }

    /// <summary>The one to write with, of those that there are.</summary>
    internal static string Typeface(IEnumerable<string> families)
    {
        // Where there are none, Skia tells of one without a name.
        var there = families.Where(family => family.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return s_typefaces.FirstOrDefault(there.Contains) ?? there.FirstOrDefault()
            ?? throw new InvalidOperationException("A picture without letters says nothing, and this machine has no typeface: install one, such as Debian's package fonts-dejavu-core.");
    }

    private static Color ColorOf(Tone tone) => Color.FromHex(tone switch
    {
        Tone.Good => "#1c7a3d",
        Tone.Caution => "#d98a00",
        Tone.Bad => "#c4352b",
        _ => "#8d8d8d",
    });
}
