namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>What Slack takes of each thing, from its published types and what it refused; characters unless told otherwise.</summary>
public static class BlockKitLimits
{
    public const int
        BlocksInMessage = 50,
        BlocksInView = 100,
        HeaderText = 150,
        SectionText = 3_000,
        ActionsElements = 25,
        ContextElements = 10,
        ImageAltText = 2_000,
        ImageTitle = 2_000,
        UploadAltText = 1_000,
        ButtonLabel = 75,
        ButtonValue = 2_000,
        ActionId = 255,
        ConfirmTitle = 100,
        ConfirmText = 300,
        ConfirmButton = 30,
        ViewTitle = 24,
        InputLabel = 2_000,
        InputText = 3_000,
        OptionText = 75,
        PrivateMetadata = 3_000,
        CallbackId = 255;

    /// <summary>All text of a message's blocks together. Slack says 12,000 and was seen to refuse 11,341.</summary>
    public const int TextInMessage = 10_000;

    /// <summary>All text of a view's blocks together. Slack counts the bytes of the view alone; this much stays below them however it is written.</summary>
    public const int TextInView = 30_000;

    /// <summary>A message's own text, in bytes of UTF-8 after escaping: an update with more is refused.</summary>
    public const int MessageTextBytes = 4_000;

    /// <summary>A view as JSON, in bytes.</summary>
    public const int ViewBytes = 250_000;
}
