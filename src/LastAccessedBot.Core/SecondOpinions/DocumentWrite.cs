using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Core.SecondOpinions;

/// <summary>A policy document that a list of edits writes.</summary>
/// <param name="Name">The policy's name.</param>
/// <param name="Before">What stands there now, or what it takes the place of; null: nothing.</param>
/// <param name="Gives">Somebody is allowed something by it once it is written; false for a policy that the edits attach to nobody.</param>
public sealed record DocumentWrite(string Name, string? Before, string After, bool Gives)
{
    /// <summary>What has to be read before <see cref="Of"/>.</summary>
    public static IEnumerable<EditSubject> Reads(IEnumerable<AccountEdit> edits) => edits
        .Where(edit => edit is AccountEdit.CreatePolicyVersion or AccountEdit.PutInlinePolicy or AccountEdit.DeleteInlinePolicy)
        .Select(edit => edit.Subject).Distinct();

    /// <param name="now">What the subjects look like now.</param>
    public static ImmutableArray<DocumentWrite> Of(IReadOnlyCollection<AccountEdit> edits, IReadOnlyDictionary<EditSubject, SubjectState> now) =>
        edits.Any(edit => edit is AccountEdit.CreatePolicyVersion or AccountEdit.PutInlinePolicy or AccountEdit.CreatePolicy)
            ? [.. edits.Select(edit => edit switch
            {
                AccountEdit.CreatePolicyVersion version => new DocumentWrite(NameIn(version.PolicyArn), ((SubjectState.Policy)now[version.Subject]).Stored?.Default.Document, version.Document, Gives: true),
                AccountEdit.PutInlinePolicy inline => new DocumentWrite(inline.Name, ((SubjectState.Inline)now[inline.Subject]).Document, inline.Document, Gives: true),
                AccountEdit.CreatePolicy policy => Made(policy, edits, now),
                _ => null,
            }).OfType<DocumentWrite>()]
            : [];

    // A policy that is made in the place of an inline one gives what that gave.
    private static DocumentWrite Made(AccountEdit.CreatePolicy policy, IReadOnlyCollection<AccountEdit> edits, IReadOnlyDictionary<EditSubject, SubjectState> now)
    {
        var to = edits.OfType<AccountEdit.AttachPolicy>().Where(attach => attach.PolicyArn == policy.PolicyArn).Select(attach => attach.To).ToHashSet<IdentityRef>();
        var replaced = edits.OfType<AccountEdit.DeleteInlinePolicy>().Where(delete => to.Contains(delete.On)).Select(delete => ((SubjectState.Inline)now[delete.Subject]).Document).ToArray();
        return new DocumentWrite(policy.Name, replaced.Length == 1 ? replaced[0] : null, policy.Document, Gives: to.Count > 0);
    }

    private static string NameIn(string arn) => arn[(arn.LastIndexOf('/') + 1)..];
}
