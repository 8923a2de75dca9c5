using LastAccessedBot.Core.Cards;
using LastAccessedBot.Surfaces.Slack.Pictures;
using SkiaSharp;

namespace LastAccessedBot.Tests.Surfaces.Slack.Pictures;

public sealed class ChartPictureTests
{
    private static readonly CardBlock.Chart s_chart = new("Title", "Words.", [new Bar("Within 7 days", 100, Tone.Good), new Bar("Over 90 days ago", 50, Tone.Caution), new Bar("Unknown", 0)]);

    [Fact]
    public void Bars_are_as_long_as_their_values_and_have_letters_beside_them()
    {
        using var picture = SKBitmap.Decode(ChartPicture.Draw(s_chart));
        var (good, caution) = (Dots(picture, SKColor.Parse("#1c7a3d")), Dots(picture, SKColor.Parse("#d98a00")));
        Assert.InRange(good / (double)caution, 1.95, 2.05);
        // The letters, left of the bars and at their ends: dark, on white.
        Assert.InRange(Dots(picture, SKColor.Parse("#1d1c1d")), 1_000, picture.Width * picture.Height / 10);
        Assert.Equal(SKColors.White, picture.GetPixel(0, 0));
    }

    [Fact]
    public void A_chart_of_nothing_is_drawn_too() => Assert.NotEmpty(ChartPicture.Draw(s_chart with { Bars = [new Bar("Unknown", 0)] }));

    [Theory]
    [InlineData("DejaVu Sans", "DejaVu Serif", "DejaVu Sans")]
    [InlineData("Comic Neue", "", "Comic Neue")]
    public void Of_the_typefaces_that_there_are_one_without_serifs_is_taken(string one, string other, string taken) => Assert.Equal(taken, ChartPicture.Typeface([other, one]));

    [Fact]
    public void Without_a_typeface_there_is_no_picture() =>
        Assert.Contains("fonts-dejavu-core", Assert.Throws<InvalidOperationException>(() => ChartPicture.Typeface([""])).Message);

    private static int Dots(SKBitmap picture, SKColor color) => picture.Pixels.Count(pixel => pixel == color);
}
