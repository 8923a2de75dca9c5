using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Reports;

/// <summary>Settings <c>Reports</c>.</summary>
public sealed class ReportsOptions
{
    public const string Section = "Reports";

    /// <summary>The bot's own address, as people's browsers reach it: https, or http on this machine; null for where the host listens.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>How long a link opens its page.</summary>
    public TimeSpan LinksExpireAfter { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>Says at start what is wrong, before anybody follows a link into nothing.</summary>
internal sealed class ReportsOptionsCheck : IValidateOptions<ReportsOptions>
{
    // A link is a key to read with, and no account keeps a list of those that are out.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(90);

    public ValidateOptionsResult Validate(string? name, ReportsOptions options)
    {
        List<string> problems = [];
        if (options.LinksExpireAfter <= TimeSpan.Zero || options.LinksExpireAfter > s_longest) problems.Add($"Reports:LinksExpireAfter `{options.LinksExpireAfter}` is not between nothing and {s_longest.Days} days, like `7.00:00:00`.");
        if (options.BaseUrl is { } address && (!ThisMachine.IsSafe(address) || address.Query.Length + address.Fragment.Length + address.UserInfo.Length > 0))
            problems.Add($"Reports:BaseUrl `{address}` is not the bot's address: it begins with `https://` (`http://` only on this machine, for trying out), and holds no query.");
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
