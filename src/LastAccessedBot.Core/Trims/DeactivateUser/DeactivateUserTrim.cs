using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims.BeforeDeleting;

namespace LastAccessedBot.Core.Trims.DeactivateUser;

/// <summary>The step before a user's deletion that takes nothing for good: the access keys are switched off, and can be switched on again.</summary>
internal static class DeactivateUserTrim
{
    public static void Consider(Candidate candidate)
    {
        if (candidate.Identity.User is not { } user) return;
        var (facts, name) = (candidate.Plan.Facts, candidate.Ref.Name);
        Credential[] active = [.. user.Credentials.Where(credential => credential is { Kind: CredentialKind.AccessKey, IsActive: true })];
        // Judged by the keys alone, of which AWS knows every use; but who is still there is not switched off in part.
        if (active.Length == 0 || candidate.InUse() is not null || candidate.Uses.Any(use => use.Verdict is Verdict.Unknown)) return;
        var title = Prose.Of($"Deactivate user {name}");
        if ((candidate.Plan.Guards.AgainstTouching(candidate.Identity) ?? Guards.KeptElsewhere(candidate.Identity.Tags, name)) is { } why)
        {
            candidate.Plan.Withhold(title, why);
            return;
        }
        candidate.Plan.Offer(new Trim(
            $"deactivate {candidate.Ref}",
            TrimKind.DeactivateUser,
            title,
            [.. active.Select(key => new AccountEdit.SetAccessKeyStatus(name, key.Id, IsActive: false))],
            [.. active.Select(key => key.LastUsed is { } last
                ? Prose.Of($"Access key {key.Id} was last used on {last.On}, for {last.Of}.")
                : Prose.Of($"Access key {key.Id} shows no use in all the time that AWS remembers."))],
            Prose.Of($"user {name} alone; the keys stay, switched off."),
            user.PasswordSince is null ? [] : [Prose.Of($"The password stays: AWS cannot switch one off without deleting it, so {name} can still sign in to the console.")],
            [],
            new RiskOf(facts).Because(RiskGrade.Low, Prose.Of($"Undo switches {(active.Length == 1 ? "the same key" : "the same keys"):w} on again.")).Grade(),
            null,
            candidate.Basis()));
    }
}
