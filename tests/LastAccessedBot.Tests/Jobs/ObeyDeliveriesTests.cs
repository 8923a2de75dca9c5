using System.Collections.Immutable;
using System.Threading.Channels;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using LastAccessedBot.Flows;
using LastAccessedBot.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.Jobs;

public sealed class ObeyDeliveriesTests : IAsyncLifetime
{
    private readonly WatchedTime _time = new();
    private readonly Handler _handler = new();
    private readonly Client _jobs = new();
    private readonly DeliveryQueue _queue;
    private readonly ObeyDeliveries _obey;

    public ObeyDeliveriesTests()
    {
        _queue = new DeliveryQueue(_time);
        _obey = new ObeyDeliveries(_queue, new Deliver(new AllOpen(), [_handler], _time), _jobs, _time, NullLogger<ObeyDeliveries>.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _obey.StopAsync(CancellationToken.None);
        _obey.Dispose();
    }

    [Fact]
    public async Task What_people_type_is_obeyed_without_waiting()
    {
        Come(DeliveryQueue.Flood);
        await _obey.StartAsync(Cancellation);
        await ObeyedAsync(DeliveryQueue.Flood);
        Assert.False(_time.Timers.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_flood_is_obeyed_at_a_walking_pace_until_it_is_over()
    {
        const int Many = 10 * DeliveryQueue.Flood;
        Come(Many);
        await _obey.StartAsync(Cancellation);
        // The second in which they came, and the one after it.
        const int Steps = 4;
        for (var step = 1; step <= Steps; step++)
        {
            Assert.Equal(ObeyDeliveries.Walk, await NextAsync(_time.Timers));
            Assert.False(_handler.Obeyed.Reader.TryRead(out _));
            _time.Advance(ObeyDeliveries.Walk);
            await ObeyedAsync(1);
        }
        await ObeyedAsync(Many - Steps);
    }

    [Fact]
    public async Task What_cannot_be_obeyed_becomes_a_job_and_holds_up_nobody()
    {
        _queue.Add("slack", Handler.Bad);
        _queue.Add("slack", "good");
        await _obey.StartAsync(Cancellation);
        await ObeyedAsync(1);
        var (job, state) = await NextAsync(_jobs.Created);
        Assert.Equal(typeof(Deliver), job.Type);
        Assert.Equal(["slack", Handler.Bad], job.Args.Take(2));
        Assert.IsType<ScheduledState>(state);
    }

    private void Come(int many)
    {
        for (var number = 0; number < many; number++) _queue.Add("slack", $"{number}");
    }

    private async Task ObeyedAsync(int many)
    {
        for (var number = 0; number < many; number++) await NextAsync(_handler.Obeyed);
    }

    private static Task<T> NextAsync<T>(Channel<T> channel) => channel.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

    /// <summary>Tells of every wait that begins.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        public Channel<TimeSpan> Timers { get; } = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Timers.Writer.TryWrite(dueTime);
            return timer;
        }
    }

    private sealed class Handler : IHandleDeliveries
    {
        public const string Bad = "bad";

        public Channel<string> Obeyed { get; } = Channel.CreateUnbounded<string>();

        public string Surface => "slack";

        public Task HandleAsync(Delivery delivery, CancellationToken cancellation) =>
            delivery.Key == Bad ? throw new InvalidOperationException("The store is busy.") : Obeyed.Writer.WriteAsync(delivery.Key, cancellation).AsTask();
    }

    /// <summary>A store in which every delivery is open.</summary>
    private sealed class AllOpen : IDeliveries
    {
        public Task<Delivery?> ClaimAsync(string surface, string key, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation) => Task.FromResult<Delivery?>(new Delivery(surface, key, "command", "{}", default));

        public Task DoneAsync(string surface, string key, CancellationToken cancellation) => Task.CompletedTask;

        public Task<bool> TakeAsync(Delivery delivery, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ImmutableArray<(string Surface, string Key)>> AbandonedAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ImmutableArray<(string Surface, string Key)>> OpenAsync(DateTimeOffset now, CancellationToken cancellation) => throw new NotSupportedException();

        public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellation) => throw new NotSupportedException();
    }

    private sealed class Client : IBackgroundJobClient
    {
        public Channel<(Job Job, IState State)> Created { get; } = Channel.CreateUnbounded<(Job, IState)>();

        public string Create(Job job, IState state)
        {
            Created.Writer.TryWrite((job, state));
            return "1";
        }

        public bool ChangeState(string jobId, IState state, string expectedState) => throw new NotSupportedException();
    }
}
