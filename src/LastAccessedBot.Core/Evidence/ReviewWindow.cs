using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Core.Evidence;

/// <summary>How many days without use make a service unused. 1 to 400: AWS remembers no further back for certain.</summary>
[JsonConverter(typeof(Json))]
public sealed record ReviewWindow
{
    private ReviewWindow(int days) => Days = days;

    public int Days { get; }

    public static ReviewWindow Default { get; } = new(90);

    /// <summary>Whole accounts look idle for longer than people do.</summary>
    public static ReviewWindow OfOrganization { get; } = new(180);

    public DateTimeOffset Start(DateTimeOffset now) => now.AddDays(-Days);

    /// <summary>A number of days in range.</summary>
    public static Parsed<ReviewWindow> Of(int days) => days is >= 1 and <= AccessReport.TrackingPeriodDays
        ? new Parsed<ReviewWindow>.Ok(new ReviewWindow(days))
        : new Parsed<ReviewWindow>.Bad(new Refusal(
            $"`{days}d` is not a usable window", $"take 1d to {AccessReport.TrackingPeriodDays}d: AWS keeps no older last-accessed data for certain"));

    /// <summary>Whether somebody who types it means a window, usable or not: digits and a <c>d</c>.</summary>
    public static bool IsMeant(string text) => text.Length > 1 && text[^1] is ('d' or 'D') && text[..^1].All(char.IsAsciiDigit);

    /// <summary>Reads <c>90d</c>, as typed in a command.</summary>
    public static Parsed<ReviewWindow> Parse(string text) =>
        text.Length > 1 && text[^1] is ('d' or 'D')
        && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            ? Of(days)
            : new Parsed<ReviewWindow>.Bad(new Refusal($"`{text}` is not a window", "write a number of days, like `90d`"));

    public override string ToString() => $"{Days} days";

    private sealed class Json : JsonConverter<ReviewWindow>
    {
        public override ReviewWindow Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Of(reader.GetInt32()) is Parsed<ReviewWindow>.Ok { Value: var window } ? window : throw new JsonException("not a number of days");

        public override void Write(Utf8JsonWriter writer, ReviewWindow value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Days);
    }
}
