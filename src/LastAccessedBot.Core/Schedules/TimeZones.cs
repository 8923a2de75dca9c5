using LastAccessedBot.Core.Account;

namespace LastAccessedBot.Core.Schedules;

/// <summary>Time zones by the ids of the time zone database, as the machine has it.</summary>
public static class TimeZones
{
    private const int MostNear = 3;

    /// <summary>Finds a zone as somebody typed it, in any case.</summary>
    public static Parsed<TimeZoneInfo> Find(string id)
    {
        // Of what the machine knows there are hundreds of files: the list is read where the id is not one of them as it stands.
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.Id == id) return new Parsed<TimeZoneInfo>.Ok(zone);
        var all = Listed();
        if (all.FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.OrdinalIgnoreCase)) is { } found) return new Parsed<TimeZoneInfo>.Ok(found);
        var near = NearNames.Of(id, all.Select(one => one.Id).Concat(all.Select(one => one.Id[(one.Id.LastIndexOf('/') + 1)..])), MostNear)
            .Select(name => all.FirstOrDefault(one => one.Id == name || one.Id.EndsWith($"/{name}", StringComparison.Ordinal))?.Id).OfType<string>().Distinct().ToArray();
        return new Parsed<TimeZoneInfo>.Bad(new Refusal(
            $"`{id}` is no time zone", near.Length > 0 ? $"try {string.Join(" or ", near.Select(one => $"`{one}`"))}" : "write a region and a city, like `Europe/Berlin`, or `Etc/UTC`"));
    }

    /// <summary>The list has the zones where people live, and others only once somebody asked for them; UTC is of all hours a zone of teams.</summary>
    private static TimeZoneInfo[] Listed() =>
        [.. TimeZoneInfo.GetSystemTimeZones().Concat([TimeZoneInfo.Utc, TimeZoneInfo.FindSystemTimeZoneById("Etc/UTC")]).DistinctBy(zone => zone.Id)];
}
