using System.Collections.Immutable;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Flows;

/// <summary>Makes single edits. Sent once: an answer that is lost is <see cref="OutcomeUnknownException"/>, never a second try.</summary>
public interface IAccountEditor
{
    /// <summary>What an edit's subject looks like now. Throws as <see cref="IAccountReader"/> does.</summary>
    Task<SubjectState> ReadAsync(EditSubject subject, CancellationToken cancellation);

    /// <summary>Throws <see cref="AwsRefusedException"/> when AWS says no, <see cref="AwsUnreachableException"/> when it was not asked.</summary>
    /// <returns>AWS's ids of the requests that made it, as CloudTrail has them.</returns>
    Task<ImmutableArray<string>> MakeAsync(AccountEdit edit, CancellationToken cancellation);
}
