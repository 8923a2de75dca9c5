using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Reports.Page;

/// <summary>Why a link opens nothing. It says nothing about what the link was for.</summary>
public sealed record Refused(int Status, Prose Title, Prose Sentence)
{
    public static Refused Foreign { get; } = new(StatusCodes.Status403Forbidden, "This link is not valid", "It is not one of mine, or a part of it is missing: some programs break long links in two.");

    public static Refused Expired { get; } = new(StatusCodes.Status410Gone, "This link has expired", "Links to reports open for a while only, so that one that got around does not open for ever.");

    public static Refused Gone { get; } = new(StatusCodes.Status404NotFound, "There is no report any more", "The review that it was made of is not in the store.");

    public static Refused NoSuchFile { get; } = new(StatusCodes.Status404NotFound, "There is no such file", "The report's page has the links to what can be downloaded.");
}
