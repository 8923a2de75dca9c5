using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>
/// <c>/unused doctor</c>: all checkups at the same time, each with a bound. The asker alone is told: admins in full, everybody else one line for each
/// area, for accounts, hosts and people are named in it.
/// </summary>
public sealed class Examine(IEnumerable<ICheckup> checkups, AuthorityOf authority, IOptionsMonitor<ApprovalOptions> approvals, ChatSurfaces surfaces, IPeople people, TimeProvider time)
{
    /// <summary>How long a checkup may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task AnswerAsync(Person person, Conversation conversation, CancellationToken cancellation)
    {
        var found = await AllAsync(cancellation);
        var isAdmin = (await authority.ForAsync(person, cancellation)).Admins.Contains(person.Key());
        var card = isAdmin ? DoctorCard.InFull(found) : DoctorCard.InBrief(found, [.. approvals.CurrentValue.Admins.Select(people.NameOf)]);
        await surfaces.TellAsync(conversation, person, card, cancellation);
    }

    public async Task<ImmutableArray<Diagnosis>> AllAsync(CancellationToken cancellation) =>
        [.. (await Task.WhenAll(checkups.Select(checkup => WithinBoundAsync(checkup, cancellation)))).SelectMany(found => found)];

    private async Task<ImmutableArray<Diagnosis>> WithinBoundAsync(ICheckup checkup, CancellationToken cancellation)
    {
        using var bound = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellation);
        try
        {
            // On a thread of its own, and not waited for any longer: not everything that is looked at knows of tokens.
            return await Task.Run(() => checkup.ExamineAsync(either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return [new Diagnosis(checkup.Area, checkup.What, Tone.Bad, $"There was no answer within {Patience.TotalSeconds:F0} seconds.", "try again in a minute")];
        }
    }
}
