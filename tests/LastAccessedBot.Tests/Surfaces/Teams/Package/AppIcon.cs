using SkiaSharp;

namespace LastAccessedBot.Tests.Surfaces.Teams.Package;

/// <summary>Draws the app's icons: the console's clock, which stands for the time of last use.</summary>
internal static class AppIcon
{
    // In a square of 32, with the middle at 16, the clock and its strokes reach 10.3 to each side.
    private const string Clock = "M16 7a9 9 0 1 0 9 9M16 11v5l4 2.5";
    private const float Middle = 16, Reach = 10.3f, Stroke = 2.6f;

    /// <summary>192 × 192: white on the console's green up to the edges, as Teams cuts the corners itself; the clock within the middle 120.</summary>
    public static SKBitmap Color() => Draw(192, clock: 120, SKColor.Parse("#0f6b63"));

    /// <summary>32 × 32: white on nothing.</summary>
    public static SKBitmap Outline() => Draw(32, clock: 28, SKColors.Transparent);

    private static SKBitmap Draw(int size, float clock, SKColor ground)
    {
        var picture = new SKBitmap(new SKImageInfo(size, size, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        using var canvas = new SKCanvas(picture);
        canvas.Clear(ground);
        canvas.Translate(size / 2f, size / 2f);
        canvas.Scale(clock / (2 * Reach));
        canvas.Translate(-Middle, -Middle);
        using var path = SKPath.ParseSvgPathData(Clock);
        using var pen = new SKPaint { Color = SKColors.White, IsStroke = true, StrokeWidth = Stroke, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round, IsAntialias = true };
        canvas.DrawPath(path, pen);
        return picture;
    }
}
