using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Tests.EndToEnd;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.Flows;

public sealed class ExamineTests
{
    private static readonly Person s_ann = new("wall", "ann", "Ann"), s_bob = new("wall", "bob", "Bob");

    private readonly FakeTimeProvider _time = new();
    private readonly Wall _wall = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checkups_are_made_at_the_same_time()
    {
        TaskCompletionSource first = new(), second = new();
        var found = await Examine(
            new Checkup(CheckupArea.Store, async token => { first.SetResult(); await second.Task.WaitAsync(token); }),
            new Checkup(CheckupArea.Jobs, async token => { second.SetResult(); await first.Task.WaitAsync(token); })).AllAsync(Cancellation);
        Assert.Equal([(CheckupArea.Store, Tone.Good), (CheckupArea.Jobs, Tone.Good)], found.Select(one => (one.Area, one.Verdict)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_does_not_answer_is_a_diagnosis_of_its_own_and_keeps_nobody_waiting(bool knowsTokens)
    {
        var asked = new TaskCompletionSource();
        var all = Examine(new Checkup(CheckupArea.Aws, token =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, knowsTokens ? token : CancellationToken.None);
        })).AllAsync(Cancellation);
        await asked.Task;
        _time.Advance(LastAccessedBot.Flows.Examine.Patience);
        var found = Assert.Single(await all);
        Assert.Equal((CheckupArea.Aws, Tone.Bad), (found.Area, found.Verdict));
        Assert.Contains("no answer within 10 seconds", found.Sentence);
    }

    [Fact]
    public async Task Whoever_gives_up_asking_gets_no_diagnosis()
    {
        using var gone = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        var all = Examine(new Checkup(CheckupArea.Aws, token =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, token);
        })).AllAsync(gone.Token);
        await asked.Task;
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all);
    }

    [Fact]
    public async Task Admins_are_told_in_full_and_everybody_else_by_area()
    {
        var examine = Examine(
            new Checkup(CheckupArea.Aws) { Found = [Diagnosis.Good(CheckupArea.Aws, "Clock", "It goes."), new Diagnosis(CheckupArea.Aws, "Permissions", Tone.Bad, "No `iam:ListUsers` in 111122223333.", "let it have that")] },
            new Checkup(CheckupArea.Store));
        await examine.AnswerAsync(s_ann, new Conversation("wall", "ops"), Cancellation);
        await examine.AnswerAsync(s_bob, new Conversation("wall", "ops"), Cancellation);

        var (told, card) = _wall.Told[0];
        Assert.Equal(s_ann, told);
        Assert.Equal(Tone.Bad, card.Tone);
        Assert.Equal(["AWS: 1 not working", "Store: well"], card.Sections().Select(section => section.Title.ToString()));
        Assert.Equal(["Permissions", "Clock"], card.Sections().First().Blocks.OfType<CardBlock.Table>().Single().Rows.Select(row => row.Cells[0].ToString()));
        Assert.Contains("No iam:ListUsers in 111122223333; let it have that.", card.Text());

        (told, card) = _wall.Told[1];
        Assert.Equal(s_bob, told);
        Assert.DoesNotContain("111122223333", card.Text());
        Assert.Contains("1 not working", card.Text());
        Assert.Contains("ann", card.Text());
    }

    [Fact]
    public void Areas_and_what_is_in_them_stand_worst_first()
    {
        var card = DoctorCard.InFull([.. new[] { Tone.Good, Tone.Caution, Tone.Bad }.SelectMany(tone => new[]
        {
            new Diagnosis(CheckupArea.Aws, $"aws {tone}", tone == Tone.Bad ? Tone.Good : tone, "Said."),
            new Diagnosis(CheckupArea.References, $"reference {tone}", tone, "Said."),
        }), Diagnosis.Good(CheckupArea.Store, "store", "Said.")]);
        Assert.Equal(["References: 1 not working, 1 to look at", "AWS: 1 to look at", "Store: well"], card.Sections().Select(section => section.Title.ToString()));
        Assert.Equal(["reference Bad", "reference Caution", "reference Good"], card.Sections().First().Blocks.OfType<CardBlock.Table>().Single().Rows.Select(row => row.Cells[0].ToString()));
    }

    [Fact]
    public void A_throttle_is_to_be_looked_at_for_an_hour()
    {
        var troubles = new Troubles(_time);
        Diagnosis Throttles() => troubles.OfThrottles(CheckupArea.Aws, Troubles.Aws, "AWS");
        Assert.Equal(Tone.Good, Throttles().Verdict);
        troubles.Throttled(Troubles.Aws, "IAM.ListUsers");
        troubles.Throttled(Troubles.Aws, "IAM.ListUsers");
        troubles.Throttled("slack", "chat.update");
        Assert.Equal(Tone.Caution, Throttles().Verdict);
        Assert.Contains("`IAM.ListUsers` 2 times, last at 2000-01-01 00:00:00 UTC", Throttles().Sentence);
        Assert.DoesNotContain("chat.update", Throttles().Sentence);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Tone.Good, Throttles().Verdict);
        Assert.Contains("IAM.ListUsers", Throttles().Sentence);
    }

    private Examine Examine(params ICheckup[] checkups)
    {
        var options = new Settings(new ApprovalOptions { Admins = ["wall:ann"] });
        return new Examine(checkups, new AuthorityOf([], new NoOwners(), options, _time), options, new ChatSurfaces([_wall]), new Names(), _time);
    }

    private sealed class Checkup(CheckupArea area, Func<CancellationToken, Task>? before = null) : ICheckup
    {
        public ImmutableArray<Diagnosis> Found { get; init; } = [Diagnosis.Good(area, "it", "It is well.")];

        public CheckupArea Area => area;

        public string What => "it";

        public async Task<ImmutableArray<Diagnosis>> ExamineAsync(CancellationToken cancellation)
        {
            if (before is not null) await before(cancellation);
            return Found;
        }
    }

    private sealed class Settings(ApprovalOptions value) : IOptionsMonitor<ApprovalOptions>
    {
        public ApprovalOptions CurrentValue => value;

        public ApprovalOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<ApprovalOptions, string?> listener) => null;
    }

    private sealed class Names : IPeople
    {
        public string NameOf(string person) => person.Split(':')[^1];
    }

    private sealed class Wall : IChatSurface
    {
        public List<(Person To, Card Card)> Told { get; } = [];

        public string Name => "wall";

        public Task<PostedMessage> PostAsync(Conversation conversation, Card card, CancellationToken cancellation) => throw new InvalidOperationException("others see it");

        public Task UpdateAsync(PostedMessage message, Card card, CancellationToken cancellation) => throw new InvalidOperationException("others see it");

        public Task TellAsync(Conversation conversation, Person person, Card card, CancellationToken cancellation)
        {
            Told.Add((person, card));
            return Task.CompletedTask;
        }

        public Task EndPrivatelyAsync(PostedMessage message, Person person, Card card, CancellationToken cancellation) => throw new InvalidOperationException("others see it");
    }

    private sealed class NoOwners : IOwners
    {
        public Task<Ownership?> FindAsync(string subject, CancellationToken cancellation) => Task.FromResult<Ownership?>(null);

        public Task<ImmutableArray<Ownership>> AllAsync(CancellationToken cancellation) => Task.FromResult(ImmutableArray<Ownership>.Empty);

        public Task<bool> WriteAsync(Ownership? from, Ownership to, AuditEntry entry, CancellationToken cancellation) => Task.FromResult(false);

        public Task<Absence?> AbsenceOfAsync(string person, CancellationToken cancellation) => Task.FromResult<Absence?>(null);

        public Task<ImmutableArray<Absence>> AbsencesAsync(DateTimeOffset now, CancellationToken cancellation) => Task.FromResult(ImmutableArray<Absence>.Empty);

        public Task<bool> WriteAsync(Absence? from, Absence to, AuditEntry entry, CancellationToken cancellation) => Task.FromResult(false);
    }
}
