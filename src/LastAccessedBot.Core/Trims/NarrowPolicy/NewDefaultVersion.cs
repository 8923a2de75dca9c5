using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims.NarrowPolicy;

/// <summary>The steps that give a customer managed policy a new default version.</summary>
/// <param name="Notes">What an approver should know of them.</param>
internal sealed record NewDefaultVersion(ImmutableArray<AccountEdit> Edits, ImmutableArray<Prose> Notes)
{
    public static NewDefaultVersion Of(ManagedPolicy policy, PolicyDocument document)
    {
        var create = new AccountEdit.CreatePolicyVersion(policy.Arn, document.Text, SetAsDefault: true);
        if (policy.Versions.Length < ManagedPolicy.MostVersions) return new NewDefaultVersion([create], []);
        var oldest = policy.Versions.Where(version => !version.IsDefault).MinBy(version => version.Number)!;
        return new NewDefaultVersion(
            [new AccountEdit.DeletePolicyVersion(policy.Arn, oldest.Id), create],
            [Prose.Of($"AWS stores five versions at most: {oldest.Id}, the oldest that is not the default, is kept in the record and makes room. Undo brings its text back.")]);
    }
}
