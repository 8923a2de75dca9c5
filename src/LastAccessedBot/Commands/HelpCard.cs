using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Commands;

internal static class HelpCard
{
    /// <param name="accounts">Those that have a name.</param>
    public static Card For(Person person, ImmutableArray<AccountRef> accounts) => Card.Of(
        "What I can do",
        new CardBlock.Table(["Type", "To"],
        [
            Row("/unused NAME", "see what a group, user, role or policy may do and nobody does, and trim it"),
            Row("/unused group NAME 30d", "say which kind is meant, and the window (90 days unless told, 400 at most)"),
            Row("/unused ou NAME", "see which services nobody in the accounts of an organizational unit uses, and deny them there (180 days unless told)"),
            Row("/unused account NAME", "see the same of one account; root, without a name: of the whole organization"),
            Row("/unused delete user NAME", "see when a user, group, role or policy was last used and what hangs on it, and delete it if nothing needs it"),
            Row("/unused members group NAME", "find the members of a group who use nothing of what it gives"),
            Row("/unused cap user NAME", "limit a user or role by a permissions boundary to the services it uses"),
            Row("/unused convert group NAME", "make the inline policies of a user, group or role managed ones, with the same text"),
            Row("/unused why NAME s3", "see which policies let a user, role or group use a service, and what stands against it"),
            Row("/unused who NAME s3", "see who behind a group or policy used a service, and when each did last"),
            .. accounts.Where(account => !account.IsHome).Take(1).Select(account => Row($"/unused NAME{account.Suffix}", $"see all of this in another account: {string.Join(", ", accounts.Select(one => one.IsHome ? $"{one.Name} (home)" : one.Name))}")),
            Row("/unused sweep", "look at every group, user, role and policy of your own, and see where most is unused; it runs every Sunday unless told otherwise"),
            Row("/unused policies", "rank every attached customer managed policy, worst first"),
            Row("/unused report [NAME]", "get the link of a page with plots and tables about what was reviewed, or about all of it"),
            Row("/unused subscribe NAME", "get a digest about it here every Monday at 09:00: what became unused, what is open, what was decided"),
            Row("/unused subscribe NAME daily 07:30 Europe/Berlin quiet", "say when, by whose clock, and to be silent where nothing is new; also weekly fri, monthly mon; unsubscribe NAME ends it"),
            Row("/unused subscriptions", "see what is subscribed here, and when its next digest comes"),
            Row("/unused keep NAME 90d WHY", "say that it is needed though it looks idle; service s3 or policy NAME after the name keeps a part"),
            Row("/unused snooze NAME 14d", "put it off, without a reason; keeps lists all of it, unkeep ID ends it"),
            Row("/unused owner NAME add @person", "say who decides about it, with you; also remove, list, not-mine @person"),
            Row("/unused away @person 14d", "let somebody decide in your place; back ends it"),
            Row("/unused history [NAME]", "read the record: who asked, approved, kept, applied, undid"),
            Row("/unused history verify", "check that nothing in the record was changed since it was written"),
            Row("/unused undo ID", "take an applied trim back"),
            Row("/unused doctor", "see whether AWS, chat, the store and the jobs are well, and what to do where they are not"),
            Row("/unused help", "see this"),
        ]),
        new CardBlock.Paragraph("Nothing is changed without an approval. What AWS cannot tell is never trimmed, and every trim can be undone; before a deletion the card says what nothing brings back. What looks idle and is needed can be kept: its card has a button for that."),
        new CardBlock.Paragraph(Prose.Of($"The settings know you as {person.Key()}.")));

    private static TableRow Row(string command, string what) => new([Prose.Of($"{command}"), what]);
}
