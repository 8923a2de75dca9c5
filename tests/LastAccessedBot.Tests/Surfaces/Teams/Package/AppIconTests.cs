using SkiaSharp;

namespace LastAccessedBot.Tests.Surfaces.Teams.Package;

/// <summary>The icons in <c>manifests/teams</c> are what <see cref="AppIcon"/> draws; where they aren't, the drawing is left beside them, to be looked at and taken.</summary>
public sealed class AppIconTests
{
    [Fact]
    public void The_colour_icon_is_a_white_clock_on_green()
    {
        using var icon = Compared("color.png", AppIcon.Color());
        Assert.Equal((192, 192), (icon.Width, icon.Height));
        Assert.Equal(SKColor.Parse("#0f6b63"), icon.GetPixel(0, 0));
        Assert.All(icon.Pixels, pixel => Assert.Equal(255, pixel.Alpha));
        // Outside of the middle 120, nothing but the ground: Teams may cut it away.
        Assert.All(Enumerable.Range(0, 192).SelectMany(i => new[] { icon.GetPixel(i, 35), icon.GetPixel(i, 156), icon.GetPixel(35, i), icon.GetPixel(156, i) }), pixel => Assert.Equal(icon.GetPixel(0, 0), pixel));
    }

    [Fact]
    public void The_outline_icon_is_white_on_nothing()
    {
        using var icon = Compared("outline.png", AppIcon.Outline());
        Assert.Equal((32, 32), (icon.Width, icon.Height));
        Assert.All(icon.Pixels, pixel => Assert.True(pixel.Alpha == 0 || pixel.WithAlpha(255) == SKColors.White, $"{pixel} is neither white nor nothing"));
        Assert.InRange(icon.Pixels.Count(pixel => pixel.Alpha > 128), 100, 500);
    }

    private static SKBitmap Compared(string name, SKBitmap drawn)
    {
        var file = Repository.File($"manifests/teams/{name}");
        var kept = SKBitmap.Decode(file, drawn.Info);
        if (kept is not null && kept.Pixels.SequenceEqual(drawn.Pixels)) return kept;
        using var received = File.Create(Path.ChangeExtension(file, ".received.png"));
        drawn.Encode(received, SKEncodedImageFormat.Png, 100);
        Assert.Fail($"{file} is not what is drawn; the drawing is beside it, as .received.png");
        return drawn;
    }
}
