using LastAccessedBot.Core.Cards;
using LastAccessedBot.Tests.EndToEnd;

namespace LastAccessedBot.Tests.Surfaces.Console;

/// <summary>The contract at the console.</summary>
[Collection(nameof(EndToEnd))]
public sealed class ConsoleContractTests(ConsoleRoom room) : ChatSurfaceContract(room), IClassFixture<ConsoleRoom>;

/// <summary>The console as a room, by its JSON endpoints.</summary>
public sealed class ConsoleRoom : ChatRoom
{
    private Scene _scene = null!;
    private string _conversation = "";

    internal override Scene Scene => _scene;

    public override async ValueTask InitializeAsync() => _scene = await Scene.StartAsync(ContractAccount.Create(), settings: [.. ContractAccount.Settings($"console:{Scene.Maria}")]);

    public override ValueTask DisposeAsync() => _scene.DisposeAsync();

    internal override Task TypeAsync(Someone who, string line) => _scene.Bot.SayAsync(IdOf(who), $"/unused {line}", _conversation);

    internal override async Task PressAsync(Someone who, SeenMessage on, string value, int deliveries = 1)
    {
        for (var delivery = 0; delivery < deliveries; delivery++) await _scene.Bot.PressAsync(IdOf(who), on.Id, value);
    }

    internal override Task FillInAsync(Someone who, SeenMessage on, string value, string field, string given) =>
        _scene.Bot.PressAsync(IdOf(who), on.Id, value, new Dictionary<string, string> { [field] = given });

    internal override async Task<IReadOnlyCollection<SeenMessage>> ReadAsync(Someone who, Func<IReadOnlyCollection<SeenMessage>, bool> isSo, string what) =>
        Seen(await _scene.Bot.ReadAsync(IdOf(who), messages => isSo(Seen(messages)), _conversation));

    internal override Task RestartAsync() => _scene.RestartAsync();

    private protected override void Enter(int conversation) => _conversation = $"room-{conversation}";

    private static string IdOf(Someone who) => who switch
    {
        Someone.Paulo => Scene.Paulo,
        Someone.Martha => Scene.Martha,
        Someone.Maria => Scene.Maria,
        Someone.Nikhil => Scene.Nikhil,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static SeenMessage[] Seen(IEnumerable<ChatMessage> messages) =>
        [.. messages.Where(message => message.Card is not null).Select(message => new SeenMessage(message.Id, message.OnlyFor is not null, message.Card!.IsUnderWay(), [.. Parts(message.Card!)]))];

    private static IEnumerable<SeenPart> Parts(Card card)
    {
        var own = card with { Blocks = [.. card.Blocks.Where(block => block is not CardBlock.Section)], Choices = [] };
        return card.Sections().Select(section => new SeenPart(string.Join('\n', [section.Title.ToString(), .. section.Blocks.Select(block => block.Text())]), [.. section.Choices.Select(Button)]))
            .Prepend(new SeenPart(own.Text(), [.. card.Choices.Select(Button), .. card.Blocks.OfType<CardBlock.Link>().Select(link => new SeenButton(link.Label, link.Address.ToString()))]));
    }

    private static SeenButton Button(Choice choice) => new(choice.Label, choice.Id);
}
