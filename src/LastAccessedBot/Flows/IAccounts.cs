using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;

namespace LastAccessedBot.Flows;

/// <summary>
/// The accounts that the settings name. Whoever reads or changes anything in AWS asks here for the doors of the account that its subject is in:
/// no flow holds doors of its own, so that none can take those of another account.
/// </summary>
public interface IAccounts
{
    /// <summary>The account that the bot's own credentials belong to; null where the settings give it no name.</summary>
    AccountRef? Home { get; }

    /// <summary>Those with a name, the home account first; empty where there is one account without a name.</summary>
    ImmutableArray<AccountRef> All { get; }

    /// <summary>The account that somebody typed, by its name or its number.</summary>
    /// <param name="typed">null for the home account.</param>
    Parsed<AccountRef?> Named(string? typed);

    /// <summary>
    /// An account's doors, by its number. Every use of them throws as they say, and <see cref="AwsRefusedException"/> besides where the account's role is not
    /// given to the bot. Throws that one itself for an account that the settings do not name any more.
    /// </summary>
    /// <param name="account">null for the home account, and for what is the organization's.</param>
    AccountDoors Of(AccountRef? account);
}

/// <summary>What the bot reads one account by, and changes it by. The limits of AWS are the account's own, and so are the reports.</summary>
public sealed record AccountDoors(IAccountReader Reader, IAccessReports Reports, IAccountEditor Editor, ITrailReader Trail, IPolicyAnalyzer Analyzer);
