using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using LastAccessedBot.Core.Cards;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Flows;

/// <summary>
/// Keeps the Homes of those who opened theirs lately up to date, beside everything else: whoever changes something says so and goes on.
/// Who opened theirs is in the store, so that a new process, and every host, goes on with it; the price is a write for each opening. Slack
/// does not tell when a Home is left: for a working day it is drawn with every change, and shown where the drawing differs.
/// </summary>
public sealed partial class Homes(IOpenHomes open, DrawHome draw, IEnumerable<IHomeSurface> surfaces, TimeProvider time, ILogger<Homes> log) : BackgroundService
{
    /// <summary>After this long nobody looks at it any more; opening it again counts anew.</summary>
    public static readonly TimeSpan StaysOpen = TimeSpan.FromHours(8);

    private const int MostKept = 200, AtOnce = 4, MostTries = 3;
    private static readonly TimeSpan s_apart = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, IHomeSurface> _surfaces = surfaces.ToDictionary(surface => surface.Name, StringComparer.Ordinal);
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<Person> _due = Channel.CreateUnbounded<Person>();
    private readonly ConcurrentDictionary<string, bool> _isDue = new();
    private readonly ConcurrentDictionary<string, string> _shown = new();
    private readonly LatestOnly _latest = new(s_apart, time);

    /// <summary>Shows the page to the person who opened it or turned to it, soon.</summary>
    /// <param name="page">From 1; beyond the ends, the nearest page.</param>
    public async Task OpenAsync(Person person, int page, CancellationToken cancellation)
    {
        await open.OpenedAsync(new OpenHome(person, page, time.GetUtcNow()), cancellation);
        // Shown even if it would look the same: what the platform shows to somebody who comes back, nobody knows.
        _shown.TryRemove(person.Key(), out _);
        Due(person);
    }

    /// <summary>Something changed: returns at once, and the open Homes follow.</summary>
    public void Renew() => _changes.Writer.TryWrite(true);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_surfaces.Count == 0) return Task.CompletedTask;
        // What was opened and what changed while no process ran.
        Renew();
        return Task.WhenAll(ListAsync(stoppingToken), ShowAsync(stoppingToken));
    }

    private async Task ListAsync(CancellationToken stopping)
    {
        await foreach (var _ in _changes.Reader.ReadAllAsync(stopping))
        {
            try
            {
                var homes = await open.SinceAsync(time.GetUtcNow() - StaysOpen, MostKept, stopping);
                foreach (var left in _shown.Keys.Except(homes.Select(home => home.By.Key()))) _shown.TryRemove(left, out var _);
                foreach (var home in homes) Due(home.By);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                LogNotListed(failure);
            }
        }
    }

    // Nobody waits in the queue twice: however much changes, it is as long as there are Homes.
    private void Due(Person person)
    {
        if (_isDue.TryAdd(person.Key(), true)) _due.Writer.TryWrite(person);
    }

    private Task ShowAsync(CancellationToken stopping) => Parallel.ForEachAsync(
        _due.Reader.ReadAllAsync(stopping), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping }, async (person, cancellation) =>
        {
            try
            {
                await _latest.RunAsync(person.Key(), token => ShowAsync(person, token), cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                // The platform was asked as often as its room asks. The next change shows it, and so does opening it again.
                LogNotShown(failure, person.Key());
            }
        });

    private async Task ShowAsync(Person person, CancellationToken cancellation)
    {
        _isDue.TryRemove(person.Key(), out _);
        if (!_surfaces.TryGetValue(person.Surface, out var surface)) return;
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await open.FindAsync(person, cancellation) is not { } home) return;
            var card = await draw.PageAsync(person, home.Page, cancellation);
            var look = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(CardJson.Write(card))));
            if (_shown.TryGetValue(person.Key(), out var known) && known == look) return;
            if (!await surface.ShowAsync(person, card, cancellation)) continue;
            _shown[person.Key()] = look;
            return;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The open Homes could not be listed; they follow with the next change")]
    private partial void LogNotListed(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The Home of {Person} could not be shown")]
    private partial void LogNotShown(Exception failure, string person);
}
