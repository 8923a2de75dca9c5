using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Core.SecondOpinions;

/// <summary>What a policy document is for, as far as whoever judges it has to know.</summary>
public enum DocumentType
{
    /// <summary>It gives permissions to identities, or caps them as a boundary.</summary>
    Identity,

    /// <summary>It caps accounts of an organization (SCP), and gives nothing to anybody.</summary>
    ServiceControl,
}

/// <summary>A policy document that a list of edits writes.</summary>
/// <param name="Name">The policy's name.</param>
/// <param name="Before">What stands there now, or what it takes the place of; null: nothing.</param>
/// <param name="Gives">Somebody is allowed something by it once it is written; false for a policy that the edits attach to nobody, and for an SCP.</param>
public sealed record DocumentWrite(DocumentType Type, string Name, string? Before, string After, bool Gives)
{
    /// <summary>What has to be read before <see cref="Of"/>.</summary>
    public static IEnumerable<EditSubject> Reads(IEnumerable<AccountEdit> edits) => edits
        .Where(edit => edit is AccountEdit.CreatePolicyVersion or AccountEdit.PutInlinePolicy or AccountEdit.DeleteInlinePolicy or AccountEdit.UpdateScp)
        .Select(edit => edit.Subject).Distinct();

    /// <param name="now">What the subjects look like now.</param>
    public static ImmutableArray<DocumentWrite> Of(IReadOnlyCollection<AccountEdit> edits, IReadOnlyDictionary<EditSubject, SubjectState> now) =>
        [.. edits.Select(edit => edit switch
        {
            AccountEdit.CreatePolicyVersion version => OfIdentities(NameIn(version.PolicyArn), ((SubjectState.Policy)now[version.Subject]).Stored?.Default.Document, version.Document, gives: true),
            AccountEdit.PutInlinePolicy inline => OfIdentities(inline.Name, ((SubjectState.Inline)now[inline.Subject]).Document, inline.Document, gives: true),
            AccountEdit.CreatePolicy policy => Made(policy, edits, now),
            AccountEdit.UpdateScp scp => OfAccounts(scp.Name, ((SubjectState.Scp)now[scp.Subject]).Stored?.Content, scp.Content),
            AccountEdit.CreateScp scp => OfAccounts(scp.Name, null, scp.Content),
            _ => null,
        }).OfType<DocumentWrite>()];

    private static DocumentWrite OfIdentities(string name, string? before, string after, bool gives) => new(DocumentType.Identity, name, before, after, gives);

    private static DocumentWrite OfAccounts(string name, string? before, string after) => new(DocumentType.ServiceControl, name, before, after, Gives: false);

    // A policy that is made in the place of an inline one gives what that gave.
    private static DocumentWrite Made(AccountEdit.CreatePolicy policy, IReadOnlyCollection<AccountEdit> edits, IReadOnlyDictionary<EditSubject, SubjectState> now)
    {
        var to = edits.OfType<AccountEdit.AttachPolicy>().Where(attach => attach.PolicyArn == policy.PolicyArn).Select(attach => attach.To).ToHashSet<IdentityRef>();
        var replaced = edits.OfType<AccountEdit.DeleteInlinePolicy>().Where(delete => to.Contains(delete.On)).Select(delete => ((SubjectState.Inline)now[delete.Subject]).Document).ToArray();
        return OfIdentities(policy.Name, replaced.Length == 1 ? replaced[0] : null, policy.Document, to.Count > 0);
    }

    private static string NameIn(string arn) => arn[(arn.LastIndexOf('/') + 1)..];
}
