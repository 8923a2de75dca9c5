using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Flows;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Surfaces.Console;

/// <summary>What a person can do on the console; the page and the JSON endpoints both come through here.</summary>
internal sealed class ConsoleChat(ConsoleMessages messages, ConsoleSurface surface, IConsolePeople people, IServiceScopeFactory scopes)
{
    public const string SharedConversation = "console";
    public const int LongestText = 2_000;

    public ConsolePerson? Find(string? id) => people.All.FirstOrDefault(person => person.Id == id);

    /// <summary>Stores the line and hands it to the bot; returns what the bot answered, as far as this person sees it.</summary>
    public async Task<IReadOnlyList<ConsoleMessage>> SayAsync(ConsolePerson by, string conversation, string text, CancellationToken cancellation)
    {
        await messages.AddTextAsync(conversation, by.Id, text, cancellation);
        var typed = new Typed(PersonOf(by), new Conversation(ConsoleSurface.SurfaceName, conversation), text);
        return await HearAsync(by, bot => bot.ReceiveAsync(typed, cancellation), cancellation);
    }

    /// <summary>Hands the press to the bot, also when the card no longer has the button: whether it still counts is the flow's decision.</summary>
    public async Task<IReadOnlyList<ConsoleMessage>> PressAsync(ConsolePerson by, ConsoleMessage on, string choice, ImmutableDictionary<string, string> inputs, CancellationToken cancellation)
    {
        var click = new Click(PersonOf(by), new PostedMessage(new Conversation(ConsoleSurface.SurfaceName, on.Conversation), on.Id), choice) { Inputs = inputs };
        return await HearAsync(by, bot => bot.ReceiveAsync(click, cancellation), cancellation);
    }

    private static Person PersonOf(ConsolePerson person) => new(ConsoleSurface.SurfaceName, person.Id, person.Name);

    private async Task<IReadOnlyList<ConsoleMessage>> HearAsync(ConsolePerson by, Func<IReceiveChat, Task> receive, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var heard = surface.Listen();
        await receive(scope.ServiceProvider.GetRequiredService<IReceiveChat>());
        return [.. (await messages.FindAsync(heard.Ids, cancellation)).Where(message => message.IsVisibleTo(by.Id))];
    }
}
