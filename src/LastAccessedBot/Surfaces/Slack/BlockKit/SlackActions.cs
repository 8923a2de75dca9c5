namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>The first parts of the buttons' action ids, beside those of the presses on proposals. The rest, after a dot, tells equal ones apart.</summary>
public static class SlackActions
{
    public const string Run = "run", Page = "page", Home = "home", Together = "together", Details = "details";
}
