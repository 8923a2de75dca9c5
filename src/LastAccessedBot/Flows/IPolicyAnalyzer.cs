using System.Collections.Immutable;
using LastAccessedBot.Core.SecondOpinions;

namespace LastAccessedBot.Flows;

/// <summary>
/// Somebody else's judgement on policy documents. Every method throws <see cref="AwsRefusedException"/>, also where the document
/// could not be judged, or <see cref="AwsUnreachableException"/>.
/// </summary>
public interface IPolicyAnalyzer
{
    /// <summary>What is wrong with a document, and what could be better.</summary>
    Task<ImmutableArray<PolicyFinding>> ValidateAsync(string document, DocumentType type, CancellationToken ct);

    /// <summary>Whether one document of identities allows anything that another does not. Of service control policies nobody can be asked that.</summary>
    Task<AccessComparison> CompareAsync(string before, string after, CancellationToken ct);
}
