using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Evidence;

/// <summary>When something was used and by whom, in the words of every card.</summary>
internal static class UseWords
{
    /// <summary>Where AWS saw no use in all the time that it remembers.</summary>
    public const string NotSeen = "not in tracking period";

    /// <summary>The day, and how long that is past.</summary>
    public static Prose On(DateTimeOffset moment, DateTimeOffset now) => Prose.Of($"{moment} ({Ago(moment, now)})");

    public static Prose Ago(DateTimeOffset moment, DateTimeOffset now) => (int)(now - moment).TotalDays switch
    {
        0 => "today",
        1 => "yesterday",
        var days => $"{days} days ago",
    };

    /// <summary>Who stands behind an ARN: <c>user nikhilj</c>; behind a path of the organization an account.</summary>
    public static Prose Who(string arn)
    {
        if (!arn.StartsWith("arn:", StringComparison.Ordinal)) return Prose.Of($"account {arn[(arn.LastIndexOf('/') + 1)..]}");
        var resource = arn[(arn.LastIndexOf(':') + 1)..];
        var kind = resource.Split('/')[0];
        return Prose.Of($"{kind:w} {resource[(resource.LastIndexOf('/') + 1)..]}");
    }
}
