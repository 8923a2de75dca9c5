using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;

namespace LastAccessedBot.Core.Trims.BeforeDeleting;

/// <summary>When a user or a role itself was last used: AWS tells it of passwords, access keys and roles, whatever service they were used for.</summary>
internal static class SubjectUses
{
    public static ImmutableArray<SubjectUse> Of(Identity identity, ReviewFacts facts) =>
    [
        .. identity.User is { } user ? OfUser(user, facts) : [],
        .. identity.Role is { } role ? [new SubjectUse("Sessions of the role", Judge(role.LastUsed, identity.Created, facts), null)] : ImmutableArray<SubjectUse>.Empty,
    ];

    private static IEnumerable<SubjectUse> OfUser(UserDetails user, ReviewFacts facts)
    {
        if (user.PasswordSince is not null || user.PasswordLastUsed is not null)
            yield return new SubjectUse("Password", Judge(user.PasswordLastUsed, user.PasswordSince ?? DateTimeOffset.MinValue, facts), null);
        foreach (var credential in user.Credentials)
        {
            var name = Prose.Of($"{Capital(Credential.Word(credential.Kind)):w} {credential.Id} ({(credential.IsActive ? "active" : "inactive"):w})");
            if (credential.Kind == CredentialKind.AccessKey)
                yield return new SubjectUse(name, Judge(credential.LastUsed?.On, credential.Created, facts), credential.LastUsed?.Of);
            // What is switched off opens nothing; of what is switched on, AWS keeps no last use.
            else if (credential.IsActive)
                yield return new SubjectUse(name, new Verdict.Unknown("AWS does not tell when it was last used; switch it off once you know that nobody needs it"), null);
        }
    }

    private static Verdict Judge(DateTimeOffset? last, DateTimeOffset? since, ReviewFacts facts)
    {
        var start = facts.Window.Start(facts.Now);
        return last >= start ? new Verdict.Used(last.Value, null)
            : since is null ? new Verdict.Unknown("AWS does not say since when it exists")
            : since > start ? new Verdict.Unknown($"it exists only since {since:yyyy-MM-dd}, less than the {facts.Window} asked about")
            : new Verdict.Unused(last);
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
