using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Approvals;

/// <summary>What stands on the card of an entity of the organization: what caps it, and whom a change would reach.</summary>
internal static class OrganizationBlocks
{
    private const int MostOpen = 6, MostButtons = 8;

    public static IEnumerable<CardBlock> Of(OrganizationSurvey survey)
    {
        yield return new CardBlock.Facts(
        [
            new Fact("Capped by", ((Prose)"service control policies (SCPs), which allow nobody anything by themselves. ").Then(survey.Strategy)),
            new Fact("Not looked at", Prose.Of($"what identities are allowed within that, and the management account {survey.ManagementAccountId}, which is not covered: no SCP binds it.")),
        ]);
        if (survey.Policies.IsEmpty) yield break;
        var table = new CardBlock.Table(["SCP", "Says", "Attached to"], [.. survey.Policies.Select(Row)], Main: 2);
        if (survey.Policies.Length <= MostOpen) yield return table;
        else yield return new CardBlock.Details($"The {survey.Policies.Length} SCPs and what they are attached to", [table]);
    }

    public static CardBlock.Section Accounts(OrganizationSurvey survey, ReviewWindow window)
    {
        var buttons = survey.Accounts.Take(MostButtons).Select(account => new Choice(new ChoiceId.Run(Command(account, window)).ToString(), account.Name));
        ImmutableArray<CardBlock> rest = survey.Accounts.Length <= MostButtons ? []
            : [new CardBlock.Details("All of them", [new CardBlock.Table(["Account", "Look into it"], [.. survey.Accounts.Select(account => new TableRow([account.Prose, Prose.Of($"{Command(account, window)}")]))])])];
        return new CardBlock.Section(
            null, survey.Accounts.Length == 1 ? "The one account in it" : Prose.Of($"The {survey.Accounts.Length} accounts in it"), Tone.Neutral,
            [new CardBlock.Paragraph("What is denied here is denied in each of them. Look into one by itself:"), .. rest],
            [.. buttons]);
    }

    private static TableRow Row(ScpLine line)
    {
        var named = Prose.Join(", ", line.AttachedTo.Take(MostOpen));
        return new TableRow([Prose.Of($"{line.Name}"), line.Says, line.AttachedTo.Length > MostOpen ? named.Then(Prose.Of($" and {line.AttachedTo.Length - MostOpen} more")) : named]);
    }

    private static string Command(EntityRef account, ReviewWindow window) => $"/unused {account.Words} {window.Days}d";
}
