using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>S8 over months: how many digests come, and when.</summary>
[Collection(nameof(EndToEnd))]
public sealed class DigestMonthsTests : IAsyncLifetime
{
    private DigestRoom _room = null!;

    public async ValueTask InitializeAsync() => _room = await DigestRoom.OpenAsync(new DateTimeOffset(2027, 3, 3, 12, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task S8_Every_Monday_at_nine_on_the_wall_one_digest_comes_through_both_changes_of_the_clocks()
    {
        await _room.SayAsync("/unused subscribe group app-dev weekly mon 09:00 Europe/Berlin");
        var sent = await GoAsync(new DateTimeOffset(2027, 3, 8, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 4, 13, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(["03-08 08:00", "03-15 08:00", "03-22 08:00", "03-29 07:00", "04-05 07:00", "04-12 07:00"], sent);
        // Away over the summer: what was missed is one digest when the host is back, and then it goes on.
        _room.Clock.Now = new DateTimeOffset(2027, 10, 13, 10, 0, 0, TimeSpan.Zero);
        sent = await GoAsync(new DateTimeOffset(2027, 10, 14, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 11, 9, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(["10-14 00:00", "10-18 07:00", "10-25 07:00", "11-01 08:00", "11-08 08:00"], sent);
        Assert.Equal(11, _room.Digests.Count);
    }

    [Fact]
    public async Task S8_Two_hosts_send_each_digest_once()
    {
        await _room.SayAsync("/unused subscribe group app-dev daily 09:00");
        var other = _room.AnotherHost();
        for (var day = 4; day <= 13; day++)
        {
            _room.Clock.Now = new DateTimeOffset(2027, 3, day, 9, 0, 0, TimeSpan.Zero);
            await Task.WhenAll(Task.Run(() => _room.LookAsync()), Task.Run(() => _room.LookAsync(other)), Task.Run(() => _room.LookAsync()), Task.Run(() => _room.LookAsync(other)));
        }
        Assert.Equal(10, _room.Digests.Count);
    }

    [Fact]
    public async Task S8_A_changed_hour_or_zone_sends_nothing_twice_and_one_that_ended_nothing()
    {
        await _room.SayAsync("/unused subscribe group app-dev weekly mon 09:00 Europe/Berlin");
        var monday = new DateTimeOffset(2027, 3, 8, 8, 0, 0, TimeSpan.Zero);
        await _room.LookAtAsync(monday);
        Assert.Single(_room.Digests);
        // 09:00 in New York is still to come on this day, and so is 15:00 in Berlin.
        await _room.SayAsync("/unused subscribe group app-dev weekly mon 09:00 America/New_York");
        Assert.Contains("Next: Mon 2027-03-15 09:00", _room.Platform.Newest.Text());
        await _room.SayAsync("/unused subscribe group app-dev weekly mon 15:00 Europe/Berlin");
        Assert.Empty(await GoAsync(monday.AddHours(1), monday.AddDays(6)));
        Assert.Equal(["03-15 14:00"], await GoAsync(monday.AddDays(6), monday.AddDays(8)));
        await _room.SayAsync("/unused unsubscribe app-dev");
        Assert.Empty(await GoAsync(monday.AddDays(8), monday.AddDays(30)));
        // Begun again: what came while nobody wanted it is not made up for.
        await _room.SayAsync("/unused subscribe app-dev");
        Assert.Equal(["04-12 09:00"], await GoAsync(monday.AddDays(30), monday.AddDays(36)));
    }

    [Fact]
    public async Task Several_targets_of_one_moment_are_one_message()
    {
        await _room.SayAsync("/unused subscribe group app-dev");
        await _room.SayAsync("/unused subscribe group Development");
        await _room.SayAsync("/unused subscribe user nikhilj daily");
        await _room.LookAtAsync(new DateTimeOffset(2027, 3, 8, 9, 0, 30, TimeSpan.Zero));
        var text = Assert.Single(_room.Digests).Text();
        Assert.All(["Group app-dev", "Group Development", "User nikhilj"], title => Assert.Contains($"== {title}", text, StringComparison.Ordinal));
    }

    /// <summary>A host looks as often as its job does, but only around the hours of which digests come; when each was there, in UTC.</summary>
    private async Task<IReadOnlyList<string>> GoAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var sent = new List<string>();
        for (var now = from.UtcDateTime; now < to.UtcDateTime; now = now.Hour is >= 6 and < 16 ? now.AddMinutes(30) : now.Hour < 6 ? now.Date.AddHours(6) : now.Date.AddDays(1))
        {
            var before = _room.Digests.Count;
            await _room.LookAtAsync(now);
            for (var more = _room.Digests.Count - before; more > 0; more--) sent.Add($"{now:MM-dd HH:mm}");
        }
        return sent;
    }
}
