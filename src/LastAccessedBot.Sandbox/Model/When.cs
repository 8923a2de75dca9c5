using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Sandbox.Model;

/// <summary>
/// A moment: an age counted back from the loading of the account ("3d", "5h", "20m"), or a fixed instant.
/// What a scenario tells is aged, so that the story stays fresh; what happens while the sandbox runs is fixed.
/// </summary>
[JsonConverter(typeof(WhenConverter))]
public readonly record struct When(TimeSpan Age, DateTimeOffset? Fixed)
{
    public static When DaysAgo(double days) => new(TimeSpan.FromDays(days), null);

    public static When At(DateTimeOffset instant) => new(default, instant);

    public DateTimeOffset Since(DateTimeOffset loadedAt) => Fixed ?? loadedAt - Age;

    public static When Parse(string text)
    {
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            switch (text[^1])
            {
                case 'd': return new(TimeSpan.FromDays(number), null);
                case 'h': return new(TimeSpan.FromHours(number), null);
                case 'm': return new(TimeSpan.FromMinutes(number), null);
            }
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? At(instant)
            : throw new JsonException($"'{text}' is neither an age such as 3d, 5h or 20m nor a date.");
    }

    public override string ToString() => Fixed?.ToString("O", CultureInfo.InvariantCulture) ?? Age switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerDay == 0 => $"{(int)Age.TotalDays}d",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => $"{(int)Age.TotalHours}h",
        _ => $"{(int)Age.TotalMinutes}m",
    };
}

internal sealed class WhenConverter : JsonConverter<When>
{
    public override When Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => When.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, When value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
