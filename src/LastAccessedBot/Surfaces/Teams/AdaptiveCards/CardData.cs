using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Surfaces.Teams.Payloads;

namespace LastAccessedBot.Surfaces.Teams.AdaptiveCards;

/// <summary>
/// What a button says when it is pressed. Teams hands back what stands on the button, and a client could send anything: which card it is, who
/// presses and what they may, is known from elsewhere.
/// </summary>
/// <param name="On">In a dialog, the id of the message that it was opened from; null on a message, where Teams itself says which.</param>
internal abstract record CardData(string? On)
{
    private const string VerbKey = "verb", ChoiceKey = "choice", StampKey = "stamp", DialogKey = "dialog", PartKey = "part", PageKey = "page", OnKey = "on", TeamsKey = "msteams", TypeKey = "type";
    private const string PressVerb = "press", RefreshVerb = "refresh", SubmitVerb = "submit", DetailsDialog = "details", FormDialog = "form", OpensDialog = "task/fetch";

    // Before the ids of inputs, which come back among these keys: a field of any name takes the place of none of them.
    private const string FieldPrefix = "field-";

    private const int LongestChoice = 200, LongestStamp = 100, LongestPart = 40, MostPages = 10_000, MostInputs = 25;

    /// <summary>A choice was pressed.</summary>
    /// <param name="Stamp">Of the rendering that the button stands on.</param>
    public sealed record Press(string Choice, string Stamp, string? On = null) : CardData(On);

    /// <summary>A client asks for the card as it is now.</summary>
    public sealed record Refresh() : CardData((string?)null);

    /// <summary>A page of a part's details is asked for.</summary>
    /// <param name="Part">One of <see cref="CardParts"/>; one that is not there is gone.</param>
    /// <param name="Page">From 1.</param>
    public sealed record OpenDetails(string Part, int Page, string? On = null) : CardData(On);

    /// <summary>The form of a choice is asked for.</summary>
    public sealed record OpenForm(string Choice, string? On = null) : CardData(On);

    /// <summary>The form of a choice was filled in.</summary>
    /// <param name="Stamp">Of the rendering of the form.</param>
    /// <param name="On">The message that the form was opened from.</param>
    /// <param name="Inputs">Field id → what was written or chosen; what was left empty is not there.</param>
    public sealed record SubmitForm(string Choice, string Stamp, string On, ImmutableDictionary<string, string> Inputs) : CardData(On);

    /// <summary>The id of the input that fills in a field.</summary>
    public static string InputId(string field) => FieldPrefix + field;

    /// <summary>The verb of an action of its own, as <c>Action.Execute</c> has it.</summary>
    public string Verb => this switch
    {
        Press => PressVerb,
        Refresh => RefreshVerb,
        _ => throw new InvalidOperationException($"`{GetType().Name}` has no verb: it is for `Action.Submit`."),
    };

    /// <summary>For <c>Action.Execute</c>, beside <see cref="Verb"/>.</summary>
    public JsonObject ForExecute()
    {
        var data = ForSubmit();
        data.Remove(VerbKey);
        return data;
    }

    /// <summary>For <c>Action.Submit</c>.</summary>
    public JsonObject ForSubmit()
    {
        JsonObject data = this switch
        {
            Press press => new() { [VerbKey] = PressVerb, [ChoiceKey] = press.Choice, [StampKey] = press.Stamp },
            Refresh => new() { [VerbKey] = RefreshVerb },
            OpenDetails open => new() { [DialogKey] = DetailsDialog, [PartKey] = open.Part, [PageKey] = open.Page },
            OpenForm open => new() { [DialogKey] = FormDialog, [ChoiceKey] = open.Choice },
            // The inputs are Teams' to add.
            SubmitForm submit => new() { [VerbKey] = SubmitVerb, [ChoiceKey] = submit.Choice, [StampKey] = submit.Stamp },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        // A button on a message opens a dialog. One in a dialog changes it, which needs no asking.
        if (On is null && data.ContainsKey(DialogKey)) data[TeamsKey] = new JsonObject { [TypeKey] = OpensDialog };
        if (On is not null) data[OnKey] = On;
        return data;
    }

    /// <summary>Reads the <c>action</c> of an <c>adaptiveCard/action</c>; null for what no button of ours brings.</summary>
    public static CardData? ReadExecute(JsonElement action) => action.Text(VerbKey, 40) switch
    {
        PressVerb when action.Object("data") is { } data => ReadPress(data, on: null),
        RefreshVerb => new Refresh(),
        _ => null,
    };

    /// <summary>Reads the <c>data</c> of a <c>task/fetch</c> or a <c>task/submit</c>, or the <c>value</c> of a message; null for what no button of ours brings.</summary>
    public static CardData? ReadSubmit(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object) return null;
        var on = data.Text(OnKey, 400);
        if (on is null ? data.TryGetProperty(OnKey, out _) : !TeamsIds.IsId(on)) return null;
        return (data.Text(VerbKey, 40), data.Text(DialogKey, 40)) switch
        {
            (PressVerb, null) => ReadPress(data, on),
            (SubmitVerb, null) when on is not null && data.Text(ChoiceKey, LongestChoice) is { } choice && data.Text(StampKey, LongestStamp) is { } stamp => new SubmitForm(choice, stamp, on, InputsIn(data)),
            (null, DetailsDialog) when data.Text(PartKey, LongestPart) is { } part && data.Number(PageKey) is > 0 and < MostPages and var page => new OpenDetails(part, (int)page, on),
            (null, FormDialog) when data.Text(ChoiceKey, LongestChoice) is { } choice => new OpenForm(choice, on),
            _ => null,
        };
    }

    private static Press? ReadPress(JsonElement data, string? on) =>
        data.Text(ChoiceKey, LongestChoice) is { } choice && data.Text(StampKey, LongestStamp) is { } stamp ? new Press(choice, stamp, on) : null;

    private static ImmutableDictionary<string, string> InputsIn(JsonElement data)
    {
        var inputs = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in data.Names().Where(name => name.StartsWith(FieldPrefix, StringComparison.Ordinal)).Take(MostInputs))
            if (data.Text(name) is { } given) inputs[name[FieldPrefix.Length..]] = given;
        return inputs.ToImmutable();
    }
}
