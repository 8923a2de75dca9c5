using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack;
using LastAccessedBot.Surfaces.Slack.Socket;
using LastAccessedBot.Surfaces.Slack.Web;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.Surfaces.Slack.Socket;

public sealed class SocketModeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly Door _door = new();
    private readonly LogLines _log = new();
    private ServiceProvider _services = null!;
    private SimulatedSlack _slack = null!;
    private SocketMode _mode = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await SimulatedSlack.StartAsync();
        _services = new ServiceCollection()
            .AddHttpClient()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton(Options.Create(new SlackOptions { AppToken = SimulatedSlack.AppToken, BotToken = SimulatedSlack.BotToken, ApiUrl = _slack.ApiUrl }))
            .AddLogging(logging => logging.AddProvider(_log))
            .AddSingleton<ISlackDoor>(_door)
            .AddSingleton<Troubles>().AddSingleton<SlackClient>()
            .AddSingleton<SocketMode>()
            .BuildServiceProvider();
        _mode = _services.GetRequiredService<SocketMode>();
    }

    public async ValueTask DisposeAsync()
    {
        await _mode.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task A_command_is_handed_over_and_acknowledged_with_its_answer_on_the_same_socket()
    {
        await StartAsync();
        _door.Answer = new SlackAck.Taken("""{"text":"hello"}""");
        var ack = await _slack.Sockets.DeliverAsync("slash_commands", new JsonObject { ["text"] = "help" });
        Assert.Equal("hello", ack["payload"]!["text"]!.GetValue<string>());
        Assert.Equal((SlackKind.Command, """{"text":"help"}"""), Assert.Single(_door.Received));
        Assert.Equal(0, _slack.Sockets.Stray);
    }

    [Fact]
    public async Task A_body_goes_only_where_it_is_accepted()
    {
        await StartAsync();
        _door.Answer = new SlackAck.Taken("""{"text":"hello"}""");
        Assert.Null((await _slack.Sockets.DeliverAsync("interactive", new JsonObject { ["type"] = "block_actions" }))["payload"]);
    }

    [Fact]
    public async Task What_the_bot_has_no_use_for_is_acknowledged_and_dropped()
    {
        await StartAsync();
        await _slack.Sockets.DeliverAsync("options", new JsonObject { ["type"] = "block_suggestion" });
        Assert.Empty(_door.Received);
    }

    [Fact]
    public async Task An_event_is_handed_over()
    {
        await StartAsync();
        await _slack.Sockets.DeliverAsync("events_api", new JsonObject { ["event_id"] = "Ev1" });
        Assert.Equal((SlackKind.Event, """{"event_id":"Ev1"}"""), Assert.Single(_door.Received));
    }

    [Fact]
    public async Task The_second_connection_begins_ten_seconds_after_the_first()
    {
        await StartAsync();
        Assert.Equal(1, _slack.Sockets.Opened);
        _time.Advance(SocketMode.Apart);
        await ConnectedAsync(2);
        Assert.Equal(2, _slack.Sockets.Opened);
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task A_refresh_opens_the_new_connection_before_it_closes_the_old_one(string reason)
    {
        await StartAsync();
        var old = _slack.Sockets.Lines[0];
        _door.Hold();
        var held = _slack.Sockets.DeliverAsync("interactive", new JsonObject { ["type"] = "a" }, old);
        await _door.HeldAsync();
        await old.DisconnectAsync(reason);
        await _slack.WhenAsync(() => _slack.Sockets.Lines.Count == 2, "a new connection stands beside the old one");
        _door.Release();
        await held;
        await _slack.WhenAsync(() => _slack.Sockets.Lines is [var one] && one != old, "the old one is gone");
        await _slack.Sockets.DeliverAsync("interactive", new JsonObject { ["type"] = "b" });
        // Once each: what was under way was acknowledged on the old socket, and not delivered again.
        Assert.Equal(2, _door.Received.Count);
    }

    [Fact]
    public async Task Too_many_connections_close_first_and_come_back_later()
    {
        await StartAsync();
        await _slack.Sockets.Lines[0].DisconnectAsync("too_many_websockets");
        await _slack.WhenAsync(() => _slack.Sockets.Lines.Count == 0, "the connection is gone");
        await AdvanceUntilAsync(() => _slack.Sockets.Lines.Count > 0);
    }

    [Fact]
    public async Task Socket_Mode_that_is_switched_off_is_not_asked_for_again()
    {
        await StartAsync();
        await _slack.Sockets.Lines[0].DisconnectAsync("link_disabled");
        await _log.WhenAsync("Switch it on in the app's settings");
        Assert.Equal(1, _slack.Sockets.Opened);
    }

    [Fact]
    public async Task A_wrong_token_stops_with_a_sentence_that_says_what_to_set()
    {
        _slack.Sockets.Refusal = "invalid_auth";
        await _mode.StartAsync(TestContext.Current.CancellationToken);
        await _log.WhenAsync("Check Slack:AppToken");
        Assert.Single(_slack.Calls, call => call.Method == "apps.connections.open");
    }

    [Fact]
    public async Task While_Slack_is_away_it_is_asked_ever_more_slowly_and_found_when_it_is_back()
    {
        _slack.Faults.Broken["apps.connections.open"] = 12;
        await _mode.StartAsync(TestContext.Current.CancellationToken);
        await AdvanceUntilAsync(() => _slack.Sockets.Lines.Count > 0);
        Assert.Contains(_log.Written, line => line.Contains("No Socket Mode connection", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_payload_that_could_not_be_stored_is_not_acknowledged_and_comes_again()
    {
        await StartAsync();
        _door.Failures = 1;
        await _slack.Sockets.DeliverAsync("interactive", new JsonObject { ["type"] = "a" });
        Assert.Equal(2, _door.Received.Count);
        await _log.WhenAsync("Slack will deliver it again");
    }

    [Fact]
    public async Task A_slow_payload_holds_up_no_other()
    {
        await StartAsync();
        _door.Hold();
        var slow = _slack.Sockets.DeliverAsync("interactive", new JsonObject { ["type"] = "slow" });
        await _door.HeldAsync();
        _door.HoldNoMore();
        await _slack.Sockets.DeliverAsync("interactive", new JsonObject { ["type"] = "quick" });
        Assert.False(slow.IsCompleted);
        _door.Release();
        await slow;
    }

    [Fact]
    public async Task Frames_that_make_no_sense_change_nothing()
    {
        await StartAsync();
        var line = _slack.Sockets.Lines[0];
        foreach (var frame in new[] { "", "{", "[]", "7", """{"type":7}""", """{"type":"later"}""", new string('[', 1_000) })
            await line.Socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        await _slack.Sockets.DeliverAsync("interactive", new JsonObject { ["type"] = "a" }, line);
        Assert.Single(_door.Received);
        Assert.Equal(1, _slack.Sockets.Opened);
    }

    [Fact]
    public async Task A_frame_without_end_costs_the_connection_and_no_more()
    {
        await StartAsync();
        var line = _slack.Sockets.Lines[0];
        var part = new byte[64 * 1024];
        try
        {
            while (line.Socket.State == WebSocketState.Open) await line.Socket.SendAsync(part, WebSocketMessageType.Text, false, TestContext.Current.CancellationToken);
        }
        catch (Exception hungUp) when (hungUp is WebSocketException or OperationCanceledException)
        {
            // The bot hung up.
        }
        await AdvanceUntilAsync(() => _slack.Sockets.Lines is [var other] && other != line);
    }

    [Fact]
    public async Task Stopping_acknowledges_what_was_taken_and_says_goodbye()
    {
        await StartAsync();
        _door.Hold();
        var held = _slack.Sockets.DeliverAsync("interactive", new JsonObject { ["type"] = "a" });
        await _door.HeldAsync();
        var stop = _mode.StopAsync(TestContext.Current.CancellationToken);
        _door.Release();
        await held;
        await stop;
        Assert.Single(_door.Received);
        await _slack.WhenAsync(() => _slack.Sockets.Lines.Count == 0, "the connection is closed");
        Assert.Equal(0, _mode.Connected);
    }

    private async Task StartAsync()
    {
        await _mode.StartAsync(TestContext.Current.CancellationToken);
        await ConnectedAsync(1);
    }

    private Task ConnectedAsync(int connections) => _slack.WhenAsync(() => _slack.Sockets.Lines.Count == connections, $"{connections} connections stand");

    // Waits of the bot's own begin at moments that nobody sees: time passes by the second until what is awaited is there.
    private async Task AdvanceUntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!_slack.Change(isSo))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, patience.Token);
        }
    }

    private sealed class Door : ISlackDoor
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously), _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _holds;

        public ConcurrentQueue<(SlackKind Kind, string Payload)> Received { get; } = new();

        public SlackAck Answer { get; set; } = SlackAck.Empty;

        public int Failures { get; set; }

        public void Hold() => _holds = true;

        public void HoldNoMore() => _holds = false;

        public Task HeldAsync() => _held.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public void Release()
        {
            _holds = false;
            _release.SetResult();
        }

        public async Task<SlackAck> ReceiveAsync(SlackKind kind, JsonElement payload, CancellationToken cancellation)
        {
            Received.Enqueue((kind, payload.GetRawText()));
            if (Failures-- > 0) throw new IOException("the store is away");
            if (_holds)
            {
                _held.TrySetResult();
                await _release.Task;
            }
            return Answer;
        }
    }
}
