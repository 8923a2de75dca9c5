using System.Collections.Immutable;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Tests.Policies;

/// <summary>Short words for the tests of the policy language.</summary>
internal static class Policy
{
    public static PolicyDocument Read(string text) => PolicyDocument.Read(text) switch
    {
        Parsed<PolicyDocument>.Ok { Value: var document } => document,
        Parsed<PolicyDocument>.Bad { Why: var why } => throw new InvalidOperationException(why.ToString()),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static Narrowed Narrow(string text, Keep keep, ImmutableArray<string>? protectedSids = null) => PolicyDocument.Read(text) switch
    {
        Parsed<PolicyDocument>.Ok { Value: var document } => Narrowing.Narrow(document, keep, new NarrowingOptions(PolicyKind.Managed, protectedSids ?? [])),
        Parsed<PolicyDocument>.Bad { Why: var why } => new Narrowed.Refused(why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static Keep Keeping(params string[] services) => Keep.Of(services.Select(Service));

    public static ServiceNamespace Service(string text) => ((Parsed<ServiceNamespace>.Ok)ServiceNamespace.Parse(text)).Value;

    public static Refusal RefusalOf(Narrowed narrowed) => Assert.IsType<Narrowed.Refused>(narrowed).Why;
}
