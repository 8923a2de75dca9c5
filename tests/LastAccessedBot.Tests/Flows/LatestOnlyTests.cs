using LastAccessedBot.Flows;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.Flows;

public sealed class LatestOnlyTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _ran = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_those_that_wait_only_the_latest_runs_and_all_are_done_with_it()
    {
        var latest = new LatestOnly(TimeSpan.Zero, _time);
        var gate = new TaskCompletionSource();
        var first = latest.RunAsync("card", Say("first", gate.Task), Cancellation);
        var second = latest.RunAsync("card", Say("second"), Cancellation);
        var third = latest.RunAsync("card", Say("third"), Cancellation);
        Assert.False(second.IsCompleted);
        gate.SetResult();
        await Task.WhenAll(first, second, third);
        Assert.Equal(["first", "third"], _ran);
    }

    [Fact]
    public async Task The_next_run_of_a_key_waits_its_time_and_another_key_does_not()
    {
        var latest = new LatestOnly(TimeSpan.FromSeconds(1), _time);
        await latest.RunAsync("card", Say("first"), Cancellation);
        var second = latest.RunAsync("card", Say("second"), Cancellation);
        await latest.RunAsync("other", Say("other"), Cancellation);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(["first", "other"], _ran);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await second;
        Assert.Equal(["first", "other", "second"], _ran);
    }

    [Fact]
    public async Task A_run_that_fails_covers_nobody()
    {
        var latest = new LatestOnly(TimeSpan.Zero, _time);
        var gate = new TaskCompletionSource();
        var first = latest.RunAsync("card", Say("first", gate.Task), Cancellation);
        var second = latest.RunAsync("card", Say("second"), Cancellation);
        gate.SetException(new IOException("away"));
        await Assert.ThrowsAsync<IOException>(() => first);
        await second;
        Assert.Equal(["second"], _ran);
    }

    [Fact]
    public async Task A_run_that_somebody_waits_for_will_show_all_that_is_so_now_and_one_under_way_may_not()
    {
        var latest = new LatestOnly(TimeSpan.Zero, _time);
        Assert.False(latest.IsAwaited("card"));
        var gate = new TaskCompletionSource();
        var first = latest.RunAsync("card", Say("first", gate.Task), Cancellation);
        Assert.False(latest.IsAwaited("card"));
        using var patience = new CancellationTokenSource();
        var second = latest.RunAsync("card", Say("second"), patience.Token);
        Assert.True(latest.IsAwaited("card"));
        Assert.False(latest.IsAwaited("other"));
        // Whoever gives up waits no more, and nobody runs what they left.
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult();
        await first;
        Assert.False(latest.IsAwaited("card"));
    }

    [Fact]
    public async Task What_shows_nothing_newer_takes_nobodys_place()
    {
        var latest = new LatestOnly(TimeSpan.Zero, _time);
        var gate = new TaskCompletionSource();
        var first = latest.RunAsync("card", Say("first", gate.Task), Cancellation);
        var second = latest.RunAsync("card", Say("second"), Cancellation);
        var again = latest.RunIfNoneWaitsAsync("card", Say("again"), Cancellation);
        gate.SetResult();
        await Task.WhenAll(first, second, again);
        Assert.Equal(["first", "second"], _ran);
        await latest.RunIfNoneWaitsAsync("card", Say("again"), Cancellation);
        Assert.Equal(["first", "second", "again"], _ran);
    }

    [Fact]
    public async Task Who_stops_waiting_stops_nobody_else()
    {
        var latest = new LatestOnly(TimeSpan.Zero, _time);
        var gate = new TaskCompletionSource();
        using var impatience = new CancellationTokenSource();
        var first = latest.RunAsync("card", Say("first", gate.Task), Cancellation);
        var second = latest.RunAsync("card", Say("second"), Cancellation);
        var third = latest.RunAsync("card", Say("third"), impatience.Token);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        gate.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(["first", "third"], _ran);
    }

    private Func<CancellationToken, Task> Say(string word, Task? after = null) => async _ =>
    {
        if (after is not null) await after;
        _ran.Add(word);
    };
}
