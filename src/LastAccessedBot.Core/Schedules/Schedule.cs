namespace LastAccessedBot.Core.Schedules;

/// <summary>One occurrence of a rule.</summary>
/// <param name="Day">The local day that it is for: its name, whatever the clocks do.</param>
/// <param name="Moment">When it comes.</param>
public sealed record Occurrence(DateOnly Day, DateTimeOffset Moment);

/// <summary>
/// Which digest is due. Of those that were missed only the last is sent, and never two for one day, week or month of the rule: what was sent is
/// remembered by its local day, so that another hour, day or zone of the same rule neither repeats a period nor loses one.
/// </summary>
/// <param name="zone">The zone of the rule.</param>
public sealed class Schedule(DigestRule rule, TimeZoneInfo zone)
{
    // Clocks are at most fourteen hours from UTC, and were once set by a whole day.
    private static readonly TimeSpan s_around = TimeSpan.FromHours(40), s_step = TimeSpan.FromHours(1);

    /// <summary>The occurrence to send now; null where none is due.</summary>
    /// <param name="since">Subscribed at that moment: what came before it is nobody's.</param>
    /// <param name="lastFor">The <see cref="Occurrence.Day"/> that was sent last; null before the first.</param>
    public Occurrence? Due(DateTimeOffset since, DateOnly? lastFor, DateTimeOffset now)
    {
        var last = NotAfter(now);
        return last.Moment > since && !IsServed(last.Day, lastFor) ? last : null;
    }

    /// <summary>The one that comes next, or is due.</summary>
    /// <inheritdoc cref="Due"/>
    public Occurrence Next(DateTimeOffset since, DateOnly? lastFor, DateTimeOffset now)
    {
        if (Due(since, lastFor, now) is { } due) return due;
        var next = On(rule.DayAfter(NotAfter(now).Day));
        while (next.Moment <= since || IsServed(next.Day, lastFor)) next = On(rule.DayAfter(next.Day));
        return next;
    }

    /// <summary>
    /// The occurrence of a local day: the first moment at which the clock on the wall shows the rule's time or a later one. A time that clocks
    /// leap over is the moment of the leap, and of a time that they show twice it is the first.
    /// </summary>
    public Occurrence On(DateOnly day)
    {
        var wall = DateTime.SpecifyKind(day.ToDateTime(rule.At), DateTimeKind.Utc);
        var (from, end) = (wall - s_around, wall + s_around);
        while (true)
        {
            var offset = zone.GetUtcOffset(from);
            var until = ChangeAfter(from, offset, end);
            var moment = wall - offset;
            if (moment < from) moment = from;
            if (moment < until || until >= end) return new Occurrence(day, new DateTimeOffset(moment, TimeSpan.Zero));
            from = until;
        }
    }

    private Occurrence NotAfter(DateTimeOffset now)
    {
        // A day that clocks skipped whole comes when the next begins: the local day alone does not say which was last.
        var day = rule.DayNotAfter(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).AddDays(1));
        while (true)
        {
            var one = On(day);
            if (one.Moment <= now) return one;
            day = rule.DayNotAfter(day.AddDays(-1));
        }
    }

    private bool IsServed(DateOnly day, DateOnly? lastFor) => lastFor is { } last && rule.PeriodOf(day) <= rule.PeriodOf(last);

    /// <summary>The first moment after <paramref name="from"/> with another offset; at the latest the end. The framework tells offsets truly, and gaps not of every zone.</summary>
    private DateTime ChangeAfter(DateTime from, TimeSpan offset, DateTime end)
    {
        var (same, other) = (from, from + s_step);
        while (zone.GetUtcOffset(other) == offset)
        {
            if (other >= end) return end;
            (same, other) = (other, other + s_step);
        }
        while (other - same > TimeSpan.FromSeconds(1))
        {
            var middle = same + new TimeSpan((other - same).Ticks / 2 / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
            if (zone.GetUtcOffset(middle) == offset) same = middle;
            else other = middle;
        }
        return other;
    }
}
