using System.Globalization;
using LastAccessedBot.Core.Schedules;

namespace LastAccessedBot.Core.Tests.Schedules;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset s_longAgo = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    // An ordinary Monday, in summer and in winter.
    [InlineData("weekly mon 09:00 Europe/Berlin", "2027-07-05", "2027-07-05T07:00:00Z")]
    [InlineData("weekly mon 09:00 Europe/Berlin", "2027-01-04", "2027-01-04T08:00:00Z")]
    [InlineData("weekly mon 09:00 Asia/Kathmandu", "2027-01-04", "2027-01-04T03:15:00Z")]
    // What clocks leap over comes with the leap: Berlin 02:00 to 03:00, New York the same, Lord Howe by half an hour.
    [InlineData("daily 02:30 Europe/Berlin", "2027-03-28", "2027-03-28T01:00:00Z")]
    [InlineData("daily 02:00 Europe/Berlin", "2027-03-28", "2027-03-28T01:00:00Z")]
    [InlineData("daily 03:00 Europe/Berlin", "2027-03-28", "2027-03-28T01:00:00Z")]
    [InlineData("daily 02:30 America/New_York", "2027-03-14", "2027-03-14T07:00:00Z")]
    [InlineData("daily 02:15 Australia/Lord_Howe", "2027-10-03", "2027-10-02T15:30:00Z")]
    // What they show twice comes the first time.
    [InlineData("daily 02:30 Europe/Berlin", "2027-10-31", "2027-10-31T00:30:00Z")]
    [InlineData("daily 01:30 America/New_York", "2027-11-07", "2027-11-07T05:30:00Z")]
    [InlineData("daily 01:45 Australia/Lord_Howe", "2027-04-04", "2027-04-03T14:45:00Z")]
    // Midnight that does not exist, and a whole day that was skipped.
    [InlineData("daily 00:00 Africa/Cairo", "2027-04-30", "2027-04-29T22:00:00Z")]
    [InlineData("daily 09:00 Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z")]
    public void An_occurrence_comes_when_the_clock_on_the_wall_first_shows_its_time_or_a_later_one(string rule, string day, string moment) =>
        Assert.Equal(Moment(moment), Of(rule).On(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)).Moment);

    [Theory]
    [InlineData("2027-03-01T08:59:59Z", null)]
    [InlineData("2027-03-01T09:00:00Z", "2027-03-01")]
    // Down for three Mondays: one digest, of the last.
    [InlineData("2027-03-17T12:00:00Z", "2027-03-15")]
    public void What_is_due_is_the_last_that_came_since_the_subscription(string now, string? day)
    {
        var schedule = Of("weekly mon 09:00 Etc/UTC");
        var since = Moment("2027-02-24T10:00:00Z");
        Assert.Equal(day, schedule.Due(since, null, Moment(now)) is { } due ? $"{due.Day:yyyy-MM-dd}" : null);
        Assert.Equal(day ?? "2027-03-01", $"{schedule.Next(since, null, Moment(now)).Day:yyyy-MM-dd}");
    }

    [Fact]
    public void What_was_due_before_the_subscription_is_nobodys()
    {
        var schedule = Of("weekly mon 09:00 Etc/UTC");
        var since = Moment("2027-03-01T09:00:00Z");
        Assert.Null(schedule.Due(since, null, Moment("2027-03-03T00:00:00Z")));
        Assert.Equal("2027-03-08", $"{schedule.Next(since, null, since).Day:yyyy-MM-dd}");
    }

    [Theory]
    // Sent on Monday the 1st; then somebody changed the rule, and the week, or day, or month of it has had its digest.
    [InlineData("weekly mon 15:00 Etc/UTC", "2027-03-08")]
    [InlineData("weekly fri 09:00 Etc/UTC", "2027-03-12")]
    [InlineData("weekly mon 09:00 America/New_York", "2027-03-08")]
    [InlineData("weekly mon 09:00 Asia/Tokyo", "2027-03-08")]
    [InlineData("daily 15:00 Etc/UTC", "2027-03-02")]
    [InlineData("monthly fri 09:00 Etc/UTC", "2027-04-02")]
    public void A_changed_rule_neither_repeats_a_period_nor_loses_the_next(string rule, string next)
    {
        var (sent, now) = (new DateOnly(2027, 3, 1), Moment("2027-03-01T10:00:00Z"));
        Assert.Null(Of(rule).Due(s_longAgo, sent, now));
        Assert.Equal(next, $"{Of(rule).Next(s_longAgo, sent, now).Day:yyyy-MM-dd}");
    }

    [Fact]
    public void A_rule_that_moves_before_now_is_made_up_for_at_once()
    {
        // Last sent on Friday; on Wednesday somebody wants Mondays: this week has had none.
        var (sent, now) = (new DateOnly(2027, 2, 26), Moment("2027-03-03T12:00:00Z"));
        Assert.Equal(new DateOnly(2027, 3, 1), Of("weekly mon 09:00 Etc/UTC").Due(s_longAgo, sent, now)?.Day);
    }

    [Fact]
    public void A_monthly_digest_comes_on_the_first_such_day_of_the_month()
    {
        var schedule = Of("monthly mon 09:00 Europe/Berlin");
        var days = new List<string>();
        var (at, last) = (Moment("2027-01-01T00:00:00Z"), (DateOnly?)null);
        while (days.Count < 12)
        {
            var next = schedule.Next(Moment("2026-12-31T00:00:00Z"), last, at);
            days.Add($"{next.Day:MM-dd ddd}");
            (at, last) = (next.Moment, next.Day);
        }
        Assert.Equal("01-04 02-01 03-01 04-05 05-03 06-07 07-05 08-02 09-06 10-04 11-01 12-06".Split(' '), days.Select(day => day[..5]));
        Assert.All(days, day => Assert.EndsWith("Mon", day, StringComparison.Ordinal));
    }

    /// <summary>Years of a host that looks now and then: every period has one digest, whatever the clocks do.</summary>
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Africa/Cairo")]
    [InlineData("America/St_Johns")]
    [InlineData("Pacific/Chatham")]
    public void Over_years_every_day_every_week_and_every_month_has_exactly_one(string zone)
    {
        foreach (var hour in new[] { "00:00", "01:30", "02:00", "02:15", "02:45", "09:00", "23:59" })
        {
            var (from, to) = (new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2028, 1, 1, 12, 0, 0, TimeSpan.Zero));
            Assert.Equal(730, Sent($"daily {hour} {zone}", from, to).Count);
            Assert.Equal(104, Sent($"weekly mon {hour} {zone}", from, to).Count);
            Assert.Equal(24, Sent($"monthly wed {hour} {zone}", from, to).Count);
        }
    }

    /// <summary>A host that is down for hours or weeks, a team that changes its hour, day and zone: never two in a period, never one out of order, and none lost that somebody looked for.</summary>
    [Fact]
    public void Whatever_happens_no_period_has_two_and_none_that_was_looked_for_is_lost()
    {
        string[] zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Honolulu"];
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var every = (Every)(seed % 3);
            var now = Moment("2026-01-01T00:00:00Z").AddMinutes(random.Next(60 * 24 * 30));
            var since = now;
            var rule = Rule();
            DateOnly? last = null;
            var served = new HashSet<int>();
            for (var step = 0; step < 200; step++)
            {
                now = now.AddMinutes(random.Next(10) == 0 ? random.Next(60 * 24 * 40) : random.Next(60 * 18));
                if (random.Next(12) == 0) rule = Rule();
                var schedule = new Schedule(rule, TimeZoneInfo.FindSystemTimeZoneById(rule.Zone));
                if (schedule.Due(since, last, now) is { } due)
                {
                    Assert.True(due.Moment <= now && due.Moment > since, $"seed {seed}: {rule} {due}");
                    Assert.True(served.Add(rule.PeriodOf(due.Day)), $"seed {seed}: twice for one period: {rule} {due}");
                    Assert.True(last is null || due.Day > last, $"seed {seed}: out of order: {rule} {due} after {last}");
                    last = due.Day;
                }
                // Once looked, nothing is due, and what comes next is in the future and in a period without one.
                Assert.Null(schedule.Due(since, last, now));
                var next = schedule.Next(since, last, now);
                Assert.True(next.Moment > now && !served.Contains(rule.PeriodOf(next.Day)), $"seed {seed}: {rule} next {next}");
                Assert.Equal(next, schedule.Due(since, last, next.Moment));
            }

            DigestRule Rule() => new(every, (DayOfWeek)random.Next(7), new TimeOnly(random.Next(24), random.Next(60)), zones[random.Next(zones.Length)]);
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("europe/berlin", "Europe/Berlin")]
    [InlineData("ETC/utc", "Etc/UTC")]
    [InlineData("utc", "UTC")]
    public void Zones_are_found_in_any_case(string typed, string id) => Assert.Equal(id, Assert.IsType<Parsed<TimeZoneInfo>.Ok>(TimeZones.Find(typed)).Value.Id);

    [Theory]
    [InlineData("Europe/Berln", "`Europe/Berlin`")]
    [InlineData("Mars/Phobos", "`Europe/Berlin`")]
    [InlineData("../../etc/passwd", "`Europe/Berlin`")]
    public void An_unknown_zone_is_named_with_what_to_try(string typed, string help)
    {
        var why = Assert.IsType<Parsed<TimeZoneInfo>.Bad>(TimeZones.Find(typed)).Why;
        Assert.Equal($"`{typed}` is no time zone", why.Message);
        Assert.Contains(help, why.Help, StringComparison.Ordinal);
    }

    /// <summary>As a host that looks every 97 minutes sends them.</summary>
    private static List<Occurrence> Sent(string rule, DateTimeOffset from, DateTimeOffset to)
    {
        var (schedule, sent, last) = (Of(rule), new List<Occurrence>(), (DateOnly?)null);
        // Nothing is due between: it looks again where the next one comes.
        for (var now = from; now <= to; now = sent.Count == 0 ? now.AddMinutes(97) : schedule.Next(from, last, now).Moment)
        {
            if (schedule.Due(from, last, now) is not { } due) continue;
            sent.Add(due);
            last = due.Day;
        }
        return sent;
    }

    private static Schedule Of(string words)
    {
        var parts = words.Split(' ');
        var every = parts[0] switch { "daily" => Every.Day, "weekly" => Every.Week, _ => Every.Month };
        var day = every == Every.Day ? DayOfWeek.Monday : Enum.GetValues<DayOfWeek>().Single(one => one.ToString().StartsWith(parts[1], StringComparison.OrdinalIgnoreCase));
        return new Schedule(new DigestRule(every, day, TimeOnly.ParseExact(parts[^2], "HH:mm", CultureInfo.InvariantCulture), parts[^1]), TimeZoneInfo.FindSystemTimeZoneById(parts[^1]));
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
