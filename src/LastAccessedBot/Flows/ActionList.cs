using LastAccessedBot.Core;
using LastAccessedBot.Core.Policies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>Settings <c>Actions</c>: the list of AWS's actions that says what a wildcard stands for.</summary>
public sealed class ActionOptions
{
    public const string Section = "Actions";

    /// <summary>A list that <c>actions refresh</c> wrote, in place of the one that the bot was built with.</summary>
    public string? File { get; set; }

    /// <summary>How many days old the list may be before the log and the cards say so.</summary>
    public int OldAfterDays { get; set; } = PublishedActions.None.OldAfterDays;

    /// <summary>Why the settings cannot be used; null when they can.</summary>
    public string? Problem() =>
        OldAfterDays < 1 ? $"Actions:OldAfterDays is {OldAfterDays}; write a number of days above 0."
        : File is not null && ActionList.Read(File) is Parsed<PublishedActions>.Bad bad ? $"Actions:File is `{File}`: {bad.Why}."
        : null;
}

/// <summary>AWS's list of actions, read when the first review needs it and kept.</summary>
public sealed partial class ActionList
{
    private readonly ILogger _log;
    private readonly Lazy<PublishedActions> _published;

    public ActionList(IOptions<ActionOptions> options, TimeProvider time, ILogger<ActionList> log)
    {
        _log = log;
        _published = new Lazy<PublishedActions>(() =>
        {
            var published = ((Parsed<PublishedActions>.Ok)Read(options.Value.File)).Value with { OldAfterDays = options.Value.OldAfterDays };
            if (published.IsOld(time.GetUtcNow())) LogOld(published.Date, published.AgeInDays(time.GetUtcNow()));
            return published;
        });
    }

    public PublishedActions Published => _published.Value;

    /// <param name="file">null: the list that the bot was built with.</param>
    internal static Parsed<PublishedActions> Read(string? file)
    {
        try
        {
            using var text = file is null ? new StreamReader(typeof(ActionList).Assembly.GetManifestResourceStream("aws-actions.txt")!) : System.IO.File.OpenText(file);
            return PublishedActions.Read(text.ReadToEnd());
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new Parsed<PublishedActions>.Bad(new Refusal(unreadable.Message, "write it with `actions refresh --to FILE`"));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The list of AWS's actions is of {Date}, {Days} days old: what wildcards stand for may have grown since. Write a new one with `actions refresh`, and name it in Actions:File")]
    private partial void LogOld(DateOnly date, int days);
}
