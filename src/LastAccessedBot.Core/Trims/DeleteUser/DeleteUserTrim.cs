using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Trims.BeforeDeleting;

namespace LastAccessedBot.Core.Trims.DeleteUser;

/// <summary>
/// A user goes when neither their password nor a key nor a service was used. What has an inverse goes first; the credentials, which nothing
/// brings back, go last, just before the user: whatever fails before them is rolled back whole.
/// </summary>
internal static class DeleteUserTrim
{
    public static void Consider(Candidate candidate)
    {
        if (candidate.Identity.User is not { } user) return;
        if ((candidate.Guarded() ?? candidate.InUse() ?? candidate.NotKnown() ?? candidate.Entangled()) is { } why)
        {
            candidate.Plan.Withhold(candidate.Title, why);
            return;
        }
        var name = candidate.Ref.Name;
        candidate.Plan.Offer(candidate.Deletion(
            TrimKind.DeleteUser,
            [
                .. candidate.Stripped(),
                .. user.PasswordSince is null ? [] : new AccountEdit[] { new AccountEdit.DeleteLoginProfile(name) },
                .. user.MfaDevices.Select(device => new AccountEdit.DeactivateMfaDevice(name, device)),
                .. user.Credentials.Select(credential => new AccountEdit.DeleteCredential(name, credential.Kind, credential.Id)),
                new AccountEdit.DeleteIdentity(candidate.Ref),
            ],
            [Evidence(candidate, user)],
            Prose.Of($"user {name} alone."),
            [
                .. user.Credentials.Any(credential => credential.IsActive) ? [Prose.Of($"Deactivate first, delete later: with the keys switched off for a while, whoever still needs {name} will say so.")] : Array.Empty<Prose>(),
                Prose.Of($"Policies elsewhere that name {name}, such as those of buckets and roles, mean this very user: they do not hold for another one of the same name, which Undo makes."),
                .. user.MfaDevices.IsEmpty ? [] : new Prose[] { "A virtual MFA device stays in the account, assigned to nobody." },
            ]));
    }

    private static Prose Evidence(Candidate candidate, UserDetails user) =>
        candidate.Uses.IsEmpty ? Prose.Of($"{candidate.Ref.Name} has neither a password nor a key to sign in with.")
        : user.PasswordSince is null ? Prose.Of($"No key was used in the last {candidate.Plan.Facts.Window.Days} days, and there is no password.")
        : Prose.Of($"Neither the password nor a key was used in the last {candidate.Plan.Facts.Window.Days} days.");
}
