using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;

namespace LastAccessedBot.Tests.Storage;

public sealed class ProposalsInSqlite() : ProposalsContract(null);

public sealed class ProposalsInPostgreSql(PostgreSqlServer server) : ProposalsContract(server);

public abstract class ProposalsContract(PostgreSqlServer? server) : StoreContract(server)
{
    private const string Ann = "slack:T1/U1", Bob = "slack:T1/U2";

    private static readonly Concern s_everything = new(null, Bob);

    private Proposals Proposals => new(Store);

    [Fact]
    public async Task Open_ones_come_oldest_first_and_no_more_than_asked_for()
    {
        await AddAsync(Of("C", "app-dev", minutes: 3), Of("A", "app-dev", minutes: 1), Of("B", "data", minutes: 2), Of("D", "data", ProposalState.Dismissed), Of("E", "data", ProposalState.Superseded));
        Assert.Equal(["A", "B", "C"], await OpenAsync(s_everything));
        Assert.Equal(["A", "B"], await OpenAsync(s_everything, most: 2));
    }

    [Fact]
    public async Task A_concern_is_a_subject_in_any_case_or_what_the_person_asked_for()
    {
        await AddAsync(Of("A", "App-Dev"), Of("B", "data"), Of("C", "ops") with { RequestedBy = Bob });
        Assert.Equal(["A", "C"], await OpenAsync(new Concern(["group app-dev"], Bob)));
        Assert.Equal(["A"], await OpenAsync(new Concern(["GROUP APP-DEV"], "slack:T1/U3")));
        Assert.Equal(["C"], await OpenAsync(new Concern([], Bob)));
        Assert.Equal(["A", "B", "C"], await OpenAsync(s_everything));
    }

    [Fact]
    public async Task A_concern_with_a_star_stays_in_its_account()
    {
        Proposal InStaging(string id, string group) => Of(id, group) with { Subject = new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.Group, group)) { In = new AccountRef("staging", "222233334444") } };
        await AddAsync(Of("A", "app-dev", minutes: 1), InStaging("B", "app-dev"), InStaging("C", "data"));
        Assert.Equal(["A"], await OpenAsync(new Concern(["group app-*"], Bob)));
        Assert.Equal(["A"], await OpenAsync(new Concern(["*"], Bob)));
        Assert.Equal(["B"], await OpenAsync(new Concern(["group app-* in Staging"], Bob)));
        Assert.Equal(["B", "C"], (await OpenAsync(new Concern(["* in staging"], Bob))).Order());
        Assert.Equal(["B"], await OpenAsync(new Concern(["group app-dev in staging"], Bob)));
        Assert.Equal("222233334444", (await Proposals.FindAsync("B", Cancellation))!.Subject.In!.Id);
    }

    [Fact]
    public async Task Decided_ones_come_latest_first_while_nothing_of_them_is_under_way()
    {
        var first = Of("A", "app-dev");
        await AddAsync(first, Of("B", "app-dev", ProposalState.Dismissed) with { DecidedBy = Ann, DecidedAt = Now.AddMinutes(1), EndedAt = Now.AddMinutes(1) }, Of("C", "app-dev", ProposalState.Expired) with { EndedAt = Now });
        Assert.Equal(["B"], await DecidedAsync());
        var approved = await MoveAsync(first, first with { State = ProposalState.Approved, DecidedBy = Ann, DecidedAt = Now.AddMinutes(2) });
        Assert.Equal(["B"], await DecidedAsync());
        Assert.Equal(["A"], await OpenAsync(s_everything));
        var applied = await MoveAsync(await MoveAsync(approved, approved with { State = ProposalState.Applying }), approved with { State = ProposalState.Applied, EndedAt = Now.AddMinutes(3) });
        Assert.Equal(["A", "B"], await DecidedAsync());
        Assert.Empty(await OpenAsync(s_everything));
        await MoveAsync(applied, applied with { State = ProposalState.Undoing, UndoneBy = Bob });
        Assert.Equal(["B"], await DecidedAsync());
    }

    [Fact]
    public async Task About_a_subject_come_all_but_the_superseded_latest_first()
    {
        await AddAsync(Of("A", "App-Dev", minutes: 1), Of("B", "app-dev", ProposalState.Dismissed, minutes: 2), Of("C", "app-dev", ProposalState.Superseded, minutes: 3), Of("D", "data"));
        Assert.Equal(["B", "A"], (await Proposals.AboutAsync("group App-Dev", 10, Cancellation)).Select(proposal => proposal.Id));
        Assert.Equal(["B"], (await Proposals.AboutAsync("group app-dev", 1, Cancellation)).Select(proposal => proposal.Id));
    }

    [Fact]
    public async Task Tallies_count_what_is_open_and_what_applied_trims_took()
    {
        var proposed = Taking(Of("A", "app-dev"), 2);
        await AddAsync(proposed, Taking(Of("B", "app-dev", ProposalState.Applying), 1), Taking(Of("C", "app-dev", ProposalState.Applied), 3), Taking(Of("D", "app-dev", ProposalState.Applied), 4), Taking(Of("E", "app-dev", ProposalState.Undone), 9), Of("F", "data", ProposalState.Kept));
        Assert.Equal((2, 7), Assert.Single(await Proposals.TalliesAsync(Cancellation)).Value);
        var fresh = await MoveAsync(proposed, Taking(proposed, 5) with { State = ProposalState.Approved });
        await MoveAsync(await MoveAsync(fresh, fresh with { State = ProposalState.Applying }), fresh with { State = ProposalState.Applied });
        Assert.Equal((1, 12), (await Proposals.TalliesAsync(Cancellation))["group app-dev"]);
    }

    private static Proposal Taking(Proposal proposal, int services) => proposal with { Trim = proposal.Trim with { Removed = [.. Enumerable.Range(0, services).Select(number => $"S{number}")] } };

    private async Task<Proposal> MoveAsync(Proposal from, Proposal to)
    {
        to = to with { Revision = from.Revision + 1 };
        Assert.True(await Proposals.MoveAsync(from, to, new AuditEntry(Now, Ann, "moved", from.ReviewId, from.Id, from.Subject.Words, ""), Cancellation));
        return to;
    }

    private Task AddAsync(params Proposal[] proposals) => AddAsync(Store, proposals);

    internal static async Task AddAsync(TemporaryStore store, params Proposal[] proposals)
    {
        var reviews = new Reviews(store);
        var review = new ReviewRecord("R", new Inquiry(null, "app-dev", ReviewWindow.Default), Ann, new PostedMessage(new Conversation("slack", "T1/C1"), "1.1"), ReviewState.Waiting, Now);
        await reviews.AddAsync(review, new AuditEntry(Now, Ann, "asked", "R", null, "app-dev", ""), Cancellation);
        await reviews.AnswerAsync(review with { State = ReviewState.Answered }, [.. proposals.Select(proposal => new ProposalChange(null, proposal, null))], null, Cancellation);
    }

    private async Task<IEnumerable<string>> OpenAsync(Concern concern, int most = 100) => (await Proposals.OpenAsync(concern, most, Cancellation)).Select(proposal => proposal.Id);

    private async Task<IEnumerable<string>> DecidedAsync() => (await Proposals.DecidedAsync(s_everything, 100, Cancellation)).Select(proposal => proposal.Id);

    internal static Proposal Of(string id, string group, ProposalState state = ProposalState.Proposed, int minutes = 0) => new(
        id, "R", new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.Group, group)),
        new Trim(id, TrimKind.DetachPolicy, "Detach", [], [], "", [], [], new Risk(RiskGrade.Low, []), null, new TrimBasis([], [], "")),
        state, 1, Ann, Now.AddMinutes(minutes), Now.AddDays(7));
}
