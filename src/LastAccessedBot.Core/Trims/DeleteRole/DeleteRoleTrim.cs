using System.Text.RegularExpressions;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Trims.BeforeDeleting;

namespace LastAccessedBot.Core.Trims.DeleteRole;

/// <summary>A role goes when no session of it was seen; it leaves its instance profiles, which stay.</summary>
internal static partial class DeleteRoleTrim
{
    public static void Consider(Candidate candidate)
    {
        if (candidate.Identity.Role is not { } role) return;
        if ((candidate.Guarded() ?? candidate.InUse() ?? candidate.NotKnown() ?? candidate.Entangled() ?? Vanished(role.Settings.TrustPolicy)) is { } why)
        {
            candidate.Plan.Withhold(candidate.Title, why);
            return;
        }
        var name = candidate.Ref.Name;
        candidate.Plan.Offer(candidate.Deletion(
            TrimKind.DeleteRole,
            [
                .. candidate.Stripped(),
                .. role.InstanceProfiles.Select(profile => new AccountEdit.RemoveRoleFromInstanceProfile(profile, name)),
                new AccountEdit.DeleteIdentity(candidate.Ref),
            ],
            [Prose.Of($"No session of the role was seen in the last {candidate.Plan.Facts.Window.Days} days.")],
            Prose.Of($"role {name}, and whoever may assume it."),
            [
                Prose.Of($"Policies elsewhere that name {name}, such as those of buckets and other roles, mean this very role by its unique id: they do not hold for another one of the same name, which Undo makes with the same trust policy, description, path, session duration, tags and boundary."),
                .. role.InstanceProfiles.IsEmpty ? [] : new[] { Prose.Of($"{(role.InstanceProfiles.Count == 1 ? "The instance profile stays" : "The instance profiles stay"):w}, without a role: machines that run with it lose their credentials.") },
            ]));
    }

    // AWS writes the unique id of a principal that was deleted in its place, and takes no such document from anybody.
    private static Prose? Vanished(string trustPolicy) => Principal().Match(trustPolicy) is { Success: true } match
        ? Prose.Of($"The trust policy names {match.Groups[1].Value}, which is somebody who was deleted: AWS would not take the document again, and Undo could not make the role.")
        : null;

    [GeneratedRegex("\"(A(?:ROA|IDA)[A-Z0-9]{12,124})\"")]
    private static partial Regex Principal();
}
