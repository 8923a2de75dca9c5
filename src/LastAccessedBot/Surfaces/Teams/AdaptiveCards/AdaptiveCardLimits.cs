namespace LastAccessedBot.Surfaces.Teams.AdaptiveCards;

/// <summary>What Teams takes of each thing; characters unless told otherwise. Where Teams publishes no number, one that its clients show well.</summary>
internal static class AdaptiveCardLimits
{
    public const int
        Summary = 2_000,
        Title = 300,
        ButtonTitle = 75,
        Question = 400,
        InputLabel = 200,
        InputText = 3_000,
        OptionText = 75,
        DialogTitle = 60;

    /// <summary>The buttons of a row. Clients hide further ones, in a menu that opens no cards, or for good: they get a row of their own.</summary>
    public const int ActionsInSet = 6;

    /// <summary>The columns of a table. A phone shows no more of them legibly.</summary>
    public const int Columns = 3;

    /// <summary>A message as JSON. Teams counts two bytes for each, advises 80,000 bytes and refuses more than 100,000.</summary>
    public const int Message = 40_000;

    /// <summary>What an activity adds to its card and its summary: addresses, ids, names.</summary>
    public const int Envelope = 3_000;

    /// <summary>A dialog's card as JSON. It must arrive while somebody waits for it to open.</summary>
    public const int Dialog = 24_000;
}
