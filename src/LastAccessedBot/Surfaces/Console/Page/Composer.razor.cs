using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LastAccessedBot.Surfaces.Console.Page;

/// <summary>The line to type in. The browser owns its text, so that typing never waits for the server.</summary>
public sealed partial class Composer(ILogger<Composer> log)
{
    private ElementReference _input;
    private IJSObjectReference? _module;
    private DotNetObjectReference<Composer>? _self;
    private IReadOnlyList<string>? _names;
    private IReadOnlyList<Completion> _offers = [];
    private int _active = -1;
    private int _recalled;
    private int _asked;
    private bool _attached;

    [Inject] private IConsoleNames Names { get; set; } = null!;

    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public required bool Enabled { get; set; }

    /// <summary>What this person said before, oldest first.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<string> Said { get; set; }

    [Parameter, EditorRequired] public required EventCallback<string> OnSend { get; set; }

    // Until the script listens, Enter would go nowhere: a line that takes text must also send it.
    private bool IsReady => Enabled && _attached;

    [JSInvokable]
    public async Task SendAsync(string text)
    {
        Close();
        StateHasChanged();
        if (string.IsNullOrWhiteSpace(text) || text.Length > ConsoleChat.LongestText) return;
        _recalled = 0;
        await OnSend.InvokeAsync(text);
    }

    /// <summary>A key that the browser left to the list of completions, or to recalling.</summary>
    [JSInvokable]
    public async Task KeyAsync(string key)
    {
        switch (key)
        {
            case "ArrowDown" when _offers.Count > 0: _active = (_active + 1) % _offers.Count; break;
            case "ArrowUp" when _offers.Count > 0: _active = _active <= 0 ? _offers.Count - 1 : _active - 1; break;
            case "ArrowUp": await RecallAsync(1); break;
            case "ArrowDown": await RecallAsync(-1); break;
            case "Tab" or "Enter" when _offers.Count > 0: await TakeAsync(_offers[Math.Max(_active, 0)]); break;
            case "Escape": Close(); break;
        }
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
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

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Surfaces/Console/Page/Composer.razor.js");
        _self = DotNetObjectReference.Create(this);
        await _module.InvokeVoidAsync("attach", _input, _self);
        _attached = true;
        StateHasChanged();
    }

    private async Task TypedAsync(ChangeEventArgs typed) => await OfferAsync(typed.Value as string ?? "");

    private async Task OfferAsync(string line)
    {
        var asked = ++_asked;
        _names ??= await NamesAsync();
        // The line was sent, or went on, while the names were on their way.
        if (asked != _asked) return;
        _offers = CommandCompletion.For(line, _names);
        _active = -1;
    }

    private async Task TakeAsync(Completion offer)
    {
        await _module!.InvokeVoidAsync("put", _input, offer.Line);
        await OfferAsync(offer.Line);
    }

    private async Task RecallAsync(int back)
    {
        _recalled = Math.Clamp(_recalled + back, 0, Said.Count);
        await _module!.InvokeVoidAsync("put", _input, _recalled == 0 ? "" : Said[^_recalled]);
        Close();
    }

    private void Close()
    {
        _asked++;
        _offers = [];
        _active = -1;
        _names = null;
    }

    private async Task<IReadOnlyList<string>> NamesAsync()
    {
        try
        {
            return await Names.NamesAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogNoNames(failure);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Warning, "The account's names are not at hand, so the console completes without them.")]
    private partial void LogNoNames(Exception failure);
}
