using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace LastAccessedBot.Surfaces.Console.Page;

/// <summary>The console's one conversation, as one person sees it.</summary>
public sealed partial class ChatPage(ILogger<ChatPage> log)
{
    private const int PageSize = 100;

    private readonly CancellationTokenSource _closed = new();
    private readonly SortedList<long, ConsoleMessage> _messages = [];
    private readonly Dictionary<string, string> _pressed = [];
    private ConsolePerson? _who;
    private bool _ready;
    private bool _hasEarlier;
    private string? _trouble;
    private string? _announced;
    private ElementReference _log;
    private ChoiceDialog _dialog = null!;
    private IJSObjectReference? _module;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private IConsolePeople People { get; set; } = null!;

    [Inject] private ConsoleChat Chat { get; set; } = null!;

    [Inject] private ConsoleMessages Messages { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        Messages.Stored -= Hear;
        await _closed.CancelAsync();
        _closed.Dispose();
        if (_module is null) return;
        try
        {
            await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its module with it.
        }
    }

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive) Messages.Stored += Hear;
        var asked = QueryHelpers.ParseQuery(Navigation.ToAbsoluteUri(Navigation.Uri).Query).GetValueOrDefault("as");
        if (Chat.Find(asked) is { } person) await EnterAsync(person);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Surfaces/Console/Page/ChatPage.razor.js");
            if (_who is null && Chat.Find(await _module.InvokeAsync<string?>("recall")) is { } person) await EnterAsync(person);
            _ready = true;
            StateHasChanged();
        }
        else if (_who is not null) await _module!.InvokeVoidAsync("follow", _log);
    }

    private List<string> Said => [.. _messages.Values.Where(message => message.Author == _who!.Id && message.Text is not null).Select(message => message.Text!)];

    private async Task EnterAsync(ConsolePerson person)
    {
        _who = person;
        _messages.Clear();
        _trouble = _announced = null;
        await LoadAsync(long.MaxValue);
    }

    private async Task BecomeAsync(ConsolePerson person)
    {
        await EnterAsync(person);
        await _module!.InvokeVoidAsync("remember", person.Id);
    }

    private async Task SwitchAsync(ChangeEventArgs chosen)
    {
        if (Chat.Find(chosen.Value as string) is { } person) await BecomeAsync(person);
    }

    private async Task LoadEarlierAsync() => await LoadAsync(_messages.GetKeyAtIndex(0));

    private async Task LoadAsync(long before)
    {
        var page = await Messages.PostedBeforeAsync(ConsoleChat.SharedConversation, before, _who!.Id, PageSize, _closed.Token);
        foreach (var message in page) Merge(message);
        _hasEarlier = page.Count == PageSize;
    }

    private void Hear(ConsoleMessage message) => _ = InvokeAsync(() =>
    {
        if (_who is null || message.Conversation != ConsoleChat.SharedConversation || !message.IsVisibleTo(_who.Id)) return;
        // An update of a message that is not on the page would stand at the wrong end of what "Show earlier" loads.
        if (_hasEarlier && _messages.Count > 0 && message.PostedSeq < _messages.GetKeyAtIndex(0)) return;
        Merge(message);
        if (message.Author != _who.Id) _announced = $"{NameOf(message)}: {message.Card?.Title.ToString() ?? message.Text}";
        StateHasChanged();
    });

    private void Merge(ConsoleMessage message)
    {
        if (!_messages.TryGetValue(message.PostedSeq, out var shown) || shown.Seq < message.Seq) _messages[message.PostedSeq] = message;
    }

    private async Task SayAsync(string text) =>
        await TryAsync(() => Chat.SayAsync(_who!, ConsoleChat.SharedConversation, text, _closed.Token));

    private CardPresses PressesOf(ConsoleMessage message) => new(_ready, _pressed.GetValueOrDefault(message.Id), choice => PressAsync(message, choice));

    private async Task PressAsync(ConsoleMessage message, Choice choice)
    {
        if (_pressed.ContainsKey(message.Id)) return;
        var inputs = choice is { Confirm: null, Form: null } ? [] : await AskAsync(choice);
        if (inputs is null) return;
        if (!_pressed.TryAdd(message.Id, choice.Id)) return;
        StateHasChanged();
        await TryAsync(() => Chat.PressAsync(_who!, message, choice.Id, inputs.ToImmutableDictionary(), _closed.Token));
        _pressed.Remove(message.Id);
        StateHasChanged();
    }

    /// <summary>What the person filled in, by field; null when they thought better of the press.</summary>
    private async Task<Dictionary<string, string>?> AskAsync(Choice choice)
    {
        await _dialog.ShowAsync(choice);
        return await _module!.InvokeAsync<Dictionary<string, string>?>("ask", Timeout.InfiniteTimeSpan, _dialog.Element);
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            _trouble = null;
            await act();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was closed; nobody waits for the answer.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogFailure(failure);
            _trouble = "The bot could not answer; its log says why.";
        }
    }

    private string NameOf(ConsoleMessage message) => message.IsFromBot ? "LastAccessedBot" : Chat.Find(message.Author)?.Name ?? message.Author;

    private static string NameAndTitle(ConsolePerson person) => person.Title.Length == 0 ? person.Name : $"{person.Name} · {person.Title}";

    private DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Time.LocalTimeZone).DateTime);

    private string Called(DateOnly day) => (DayOf(Time.GetUtcNow()).DayNumber - day.DayNumber) switch
    {
        0 => "Today",
        1 => "Yesterday",
        _ => day.ToString("dddd, d MMMM yyyy"),
    };

    [LoggerMessage(LogLevel.Error, "The bot failed to answer on the console.")]
    private partial void LogFailure(Exception failure);
}
