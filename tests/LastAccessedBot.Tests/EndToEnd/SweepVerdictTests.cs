using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Reports;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox.Faults;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What a sweep finds, and when it comes by itself. Days pass as the test says.</summary>
[Collection(nameof(EndToEnd))]
public sealed class SweepVerdictTests : IAsyncLifetime
{
    // A Thursday.
    private static readonly DateTimeOffset s_begin = new(2027, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private DigestRoom _room = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Card Newest => _room.Platform.Newest;

    public async ValueTask InitializeAsync() => _room = await DigestRoom.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Of_every_target_it_finds_what_the_review_of_that_one_finds()
    {
        await _room.SayAsync("/unused sweep");
        Assert.StartsWith("Sweep of the account:", Newest.Title.ToString(), StringComparison.Ordinal);
        var names = await _room.Host.Get<IAccountReader>().NamesAsync(Cancellation);
        var subjects = names.Identities.Select(ReviewSubject (name) => new ReviewSubject.OfIdentity(name)).Concat(names.Policies.Select(policy => new ReviewSubject.OfPolicy(policy.Arn))).ToArray();
        Assert.InRange(subjects.Length, 20, 200);
        var kinds = 0;
        foreach (var subject in subjects)
        {
            var facts = (await _room.Host.Get<GatherFacts>().AboutAsync(subject, new Inquiry(null, subject.Words, ReviewWindow.Default), null, Cancellation))!;
            var point = await _room.Host.Get<IReviewHistory>().OfAsync(subject.Words, 9, Cancellation);
            if (subject is ReviewSubject.OfIdentity { Ref: var name } && facts.State.Identities[name].IsServiceLinked)
            {
                Assert.Empty(point);
                continue;
            }
            Assert.Equal((subject.Words, Numbers(UsePoint.Of(TrimPlanner.Plan(facts, Guards.None)))), (subject.Words, Numbers(Assert.Single(point))));
            if (point[0].Unknown > 0 && point[0].Unused == 0) kinds |= 1;
            if (point[0].Unused > 0) kinds |= 2;
        }
        // The account has both, or this would say little.
        Assert.Equal(3, kinds);
        Assert.EndsWith($" of {names.Policies.Length}", Assert.Single(Newest.All().OfType<CardBlock.Table>().First().Rows, row => row.Cells[0].ToString() == "Policies of your own").Cells[1].ToString(), StringComparison.Ordinal);

        static (int, int, int, int) Numbers(UsePoint point) => (point.Granted, point.Used, point.Unused, point.Unknown);
    }

    [Fact]
    public async Task What_AWS_does_not_say_of_one_is_said_to_be_unknown_and_of_the_others_known()
    {
        const string Group = "arn:aws:iam::123456789012:group/app-dev";
        _room.Aws.Faults.Change(faults => faults with { FailingReports = faults.FailingReports.Add(Group, new ReportFailure("ServiceFailure", "try later")) });
        await _room.SayAsync("/unused sweep");
        Assert.Contains("AWS wrote no report: ServiceFailure | 1 target | group app-dev: ServiceFailure: try later", Newest.Text());
        Assert.Empty(await _room.Host.Get<IReviewHistory>().OfAsync("group app-dev", 9, Cancellation));
        Assert.NotEmpty(await _room.Host.Get<IReviewHistory>().OfAsync("user nikhilj", 9, Cancellation));
    }

    [Fact]
    public async Task Without_the_right_to_list_there_is_no_sweep_and_the_card_says_which()
    {
        _room.Aws.Faults.Change(faults => faults with { AccessDenied = ["iam:GetAccountAuthorizationDetails"] });
        await _room.SayAsync("/unused sweep");
        Assert.Equal("The account could not be swept", Newest.Title.ToString());
        Assert.Contains("The bot itself may not do iam:GetAccountAuthorizationDetails", Newest.Text());
        _room.Aws.Faults.Clear();
        await _room.SayAsync("/unused sweep");
        Assert.StartsWith("Sweep of the account:", Newest.Title.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_comes_every_Sunday_once_from_however_many_hosts_and_a_missed_one_once()
    {
        var other = _room.AnotherHost();
        await LookAsync(s_begin);
        await LookAsync(s_begin.AddDays(2.7));
        Assert.Equal(0, await StartedAsync());
        var sunday = new DateTimeOffset(2027, 3, 7, 3, 0, 0, TimeSpan.Zero);
        await LookAsync(sunday);
        await LookAsync(sunday.AddMinutes(1));
        Assert.Equal(1, await StartedAsync());
        await _room.Host.TakeUpAsync();
        Assert.Equal("Ended", $"{(await _room.Host.Get<ISweeps>().LatestAsync(Cancellation))!.State}");
        await LookAsync(sunday.AddDays(6));
        Assert.Equal(1, await StartedAsync());
        // Three weeks later the bot is back.
        await LookAsync(sunday.AddDays(23));
        await LookAsync(sunday.AddDays(24));
        Assert.Equal(2, await StartedAsync());

        async Task LookAsync(DateTimeOffset moment)
        {
            _room.Clock.Now = moment;
            await Task.WhenAll(_room.Host.Get<StartSweep>().RunDueAsync(Cancellation), other.Get<StartSweep>().RunDueAsync(Cancellation));
        }

        async Task<int> StartedAsync() => (await _room.Host.Get<IAuditTrail>().ReadAsync("account", 40, Cancellation)).Count(entry => entry is { Event: "sweep-started", Actor: "bot" });
    }

    [Theory]
    [InlineData("never", null)]
    [InlineData("Daily", null)]
    [InlineData("hourly", "Sweep:Every is `hourly`")]
    public void The_settings_say_what_is_wrong_with_them(string every, string? problem)
    {
        var options = new SweepOptions { Every = every };
        Assert.Equal(problem is null, options.Problem() is null);
        if (problem is not null) Assert.StartsWith(problem, options.Problem(), StringComparison.Ordinal);
        Assert.Equal(every == "Daily", options.Schedule is not null);
    }
}
