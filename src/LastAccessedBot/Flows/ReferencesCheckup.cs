using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>Subscriptions, owners and keeps of what does not exist any more.</summary>
internal sealed class ReferencesCheckup(ISubscriptions subscriptions, IOwners owners, IKeeps keeps, IOptionsMonitor<ApprovalOptions> approvals, IAccounts accounts, IOrganizationReader organization, TimeProvider time) : ICheckup
{
    private static readonly (string Word, EntityKind Kind)[] s_entities = [("root", EntityKind.Root), ("ou", EntityKind.Unit), ("account", EntityKind.Account)];

    public CheckupArea Area => CheckupArea.References;

    public string What => "Names in use";

    public async Task<ImmutableArray<Diagnosis>> ExamineAsync(CancellationToken cancellation)
    {
        ImmutableArray<Reference> all =
        [
            .. (await subscriptions.ActiveAsync(cancellation)).Where(one => MayGo(one.Subject))
                .Select(one => new Reference(one.Subject.Words, "Digest", $"a digest about it goes to a conversation on {one.In.Surface}", $"`/unused unsubscribe {one.Subject.Words}`, typed there, ends it")),
            .. (await owners.AllAsync(cancellation)).Where(one => !one.Added.IsEmpty)
                .Select(one => new Reference(one.Subject, "Owner", $"{string.Join(", ", one.Added.Select(party => $"`{party.Name}`"))} are its owners", "whatever is made under that name is theirs from its first moment")),
            .. (await keeps.StandingAsync(time.GetUtcNow(), cancellation)).Where(one => MayGo(one.Subject))
                .Select(one => new Reference(one.Subject.Words, "Keep", $"keep `{one.Id}` is about it", $"`/unused unkeep {one.Id}` ends it")),
            .. approvals.CurrentValue.Owners.Keys.Where(name => !name.EndsWith('*'))
                .Select(name => new Reference(name, "Setting", "`Approvals:Owners` names it", "take it out of the settings")),
        ];
        try
        {
            var gone = await GoneAsync(all, cancellation);
            return gone.IsEmpty
                ? [Diagnosis.Good(Area, What, all.IsEmpty ? "Nothing is subscribed to or kept, and nobody is named for anything." : "All that is subscribed to, owned or kept exists.")]
                : [.. gone.Select(one => new Diagnosis(Area, one.What, Tone.Caution, $"`{one.Words}` does not exist, and {one.Clause}", one.Help))];
        }
        catch (AwsFailureException failure)
        {
            return [Diagnosis.Of(Area, What, Tone.Caution, failure is AwsRefusedException refused ? AwsWords.Of(refused) : new Refusal($"AWS did not say what exists: {failure.Message}"))];
        }
    }

    // What AWS keeps is in no list of the account's, and does not go.
    private static bool MayGo(ReviewSubject subject) => subject is not ReviewSubject.OfPolicy { Arn: var arn } || !arn.Contains(":iam::aws:", StringComparison.Ordinal);

    private async Task<ImmutableArray<Reference>> GoneAsync(ImmutableArray<Reference> all, CancellationToken cancellation)
    {
        if (all.IsEmpty) return [];
        var there = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var account in accounts.All.Where(account => !account.IsHome && all.Any(one => one.Words.EndsWith(account.Suffix, StringComparison.OrdinalIgnoreCase))).Prepend(null))
        {
            var names = await accounts.Of(account).Reader.NamesAsync(cancellation);
            there.UnionWith(names.Identities.Select(identity => identity.ToString()).Concat(names.Policies.Select(policy => $"policy {policy.Name}")).Select(bare => bare + account?.Suffix));
        }
        var reading = organization.Begin();
        foreach (var (word, kind) in s_entities)
            if (all.Any(one => one.Kind == word)) there.UnionWith((await reading.EntitiesAsync(kind, cancellation)).Select(entity => entity.Words));
        return [.. all.Where(one => !there.Contains(one.Words))];
    }

    private sealed record Reference(string Words, string What, string Clause, string Help)
    {
        public string Kind => Words.Split(' ')[0].ToLowerInvariant();
    }
}
