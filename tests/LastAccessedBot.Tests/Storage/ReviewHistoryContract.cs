using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Reports;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;

namespace LastAccessedBot.Tests.Storage;

public sealed class ReviewHistoryInSqlite() : ReviewHistoryContract(null);

public sealed class ReviewHistoryInPostgreSql(PostgreSqlServer server) : ReviewHistoryContract(server);

public abstract class ReviewHistoryContract(PostgreSqlServer? server) : StoreContract(server)
{
    private static readonly ReviewSubject s_team = new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.Group, "App-Dev"));

    private int _number;

    private ReviewHistory History => new(Store);

    [Fact]
    public async Task Of_a_day_the_first_answer_and_the_last_are_kept()
    {
        foreach (var (minutes, granted) in new[] { (-2 * 24 * 60, 9), (0, 8), (5, 7), (10, 6), (24 * 60, 5) }) await AnswerAsync(s_team, granted, minutes);
        Assert.Equal([9, 8, 6, 5], await GrantedAsync());
        Assert.Equal([6, 5], await GrantedAsync(most: 2));
        await AnswerAsync(s_team, 4, minutes: 24 * 60);
        Assert.Equal([9, 8, 6, 5], await GrantedAsync());
    }

    [Fact]
    public async Task Answers_to_other_questions_are_no_part_of_it()
    {
        await AnswerAsync(s_team, 9, 0, Question.Delete);
        await AnswerAsync(s_team, 9, 0, Question.Members);
        Assert.Empty(await GrantedAsync());
        Assert.Null(await new Reviews(Store).NewestAsync(s_team.Words, null, Cancellation));
    }

    [Fact]
    public async Task The_newest_answer_is_found_by_when_its_facts_were_read_and_by_its_window()
    {
        await AnswerAsync(s_team, 3, minutes: 20);
        await AnswerAsync(s_team, 2, minutes: 10);
        await AnswerAsync(s_team, 1, minutes: 0, days: 30);
        var reviews = new Reviews(Store);
        Assert.Equal(3, (await reviews.NewestAsync("group App-Dev", null, Cancellation))!.Answer!.Services.Length);
        Assert.Single((await reviews.NewestAsync("group App-Dev", Days(30), Cancellation))!.Answer!.Services);
        Assert.Null(await reviews.NewestAsync("group App-Dev", Days(31), Cancellation));
        Assert.Null(await reviews.NewestAsync("group other", null, Cancellation));
    }

    [Fact]
    public async Task Subjects_are_found_by_kind_and_name_in_any_case_and_units_by_name_or_id()
    {
        await AnswerAsync(s_team, 1, 0);
        await AnswerAsync(s_team, 1, 1);
        await AnswerAsync(Entity(EntityKind.Unit, "ou-a1b2-devel001", "Development"), 1, 0);
        await AnswerAsync(Entity(EntityKind.Unit, "ou-a1b2-devel002", "Development"), 1, 0);
        await AnswerAsync(Entity(EntityKind.Root, "r-a1b2", "Root"), 1, 0);
        Assert.Equal(["group App-Dev"], await NamedAsync("group app-dev", "user app-dev"));
        Assert.Equal(["ou ou-a1b2-devel001", "ou ou-a1b2-devel002"], await NamedAsync("ou development"));
        Assert.Equal(["ou ou-a1b2-devel002"], await NamedAsync("ou OU-A1B2-DEVEL002"));
        Assert.Equal(["root r-a1b2"], await NamedAsync("root root"));
        Assert.Empty(await NamedAsync("user app-dev"));
    }

    [Fact]
    public async Task The_overview_has_those_with_the_most_unused_services_with_their_last_weeks_and_always_their_last_point()
    {
        var (old, idle) = (Entity(EntityKind.Account, "111122223333", "Old"), Entity(EntityKind.Account, "444455556666", "Idle"));
        await AnswerAsync(old, 7, minutes: -400 * 24 * 60);
        await AnswerAsync(old, 6, minutes: -300 * 24 * 60);
        await AnswerAsync(idle, 1, minutes: -500 * 24 * 60);
        await AnswerAsync(s_team, 5, minutes: -10 * 24 * 60);
        await AnswerAsync(s_team, 4, minutes: 0);
        var all = await History.LatestAsync(Now.AddDays(-180), 2, Cancellation);
        Assert.Equal([("account 111122223333", "6"), ("group App-Dev", "5 4")], all.Select(one => (one.Subject.Words, string.Join(' ', one.Points.Select(point => point.Granted)))));
        Assert.All(all, one => Assert.True(one.Subject.HasReview));
    }

    [Fact]
    public async Task What_a_sweep_alone_found_is_in_the_overview_without_a_review()
    {
        await using (var db = Store.CreateDbContext())
        {
            await ReviewHistory.WriteAsync(db, s_team, new UsePoint(Now, Days(90), 5, 3, 2, 0), Cancellation);
            await db.SaveChangesAsync(Cancellation);
        }
        var (subject, points) = Assert.Single(await History.LatestAsync(Now.AddDays(-180), 9, Cancellation));
        Assert.Equal(("group App-Dev", false, 2), (subject.Words, subject.HasReview, Assert.Single(points).Unused));
        await AnswerAsync(s_team, 4, minutes: 5);
        Assert.True(Assert.Single(await History.LatestAsync(Now.AddDays(-180), 9, Cancellation)).Subject.HasReview);
        Assert.Equal([5, 4], await GrantedAsync());
    }

    private static ReviewSubject Entity(EntityKind kind, string id, string name) => new ReviewSubject.OfEntity(new EntityRef(kind, id, name));

    private static ReviewWindow Days(int days) => ((Parsed<ReviewWindow>.Ok)ReviewWindow.Of(days)).Value;

    private async Task AnswerAsync(ReviewSubject subject, int granted, int minutes, Question question = Question.Unused, int days = 90)
    {
        var (reviews, at, id) = (new Reviews(Store), Now.AddMinutes(minutes), $"R{++_number}");
        var review = new ReviewRecord(id, new Inquiry(null, subject.Words, Days(days), question), "slack:T1/U1", new PostedMessage(new Conversation("slack", "T1/C1"), id), ReviewState.Waiting, Now);
        await reviews.AddAsync(review, new AuditEntry(Now, "slack:T1/U1", "asked", id, null, subject.Words, ""), Cancellation);
        var service = ((Parsed<ServiceNamespace>.Ok)ServiceNamespace.Parse("s3")).Value;
        var answer = new AccessReview(subject, Days(days), at, [.. Enumerable.Repeat(new ServiceLine(service, "S3", new Verdict.Unused(null), 0, []), granted)], [], [], []);
        await reviews.AnswerAsync(review with { State = ReviewState.Answered, Answer = answer }, [], null, Cancellation);
    }

    private async Task<IEnumerable<int>> GrantedAsync(int most = 100) => (await History.OfAsync("group app-dev", most, Cancellation)).Select(point => point.Granted);

    private async Task<IEnumerable<string>> NamedAsync(params string[] names) => (await History.NamedAsync(names, Cancellation)).Select(subject => subject.Words);
}
