using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Approvals;

/// <summary>Granted against used at a glance: a review's services by when they were last used, newest first.</summary>
internal static class UseChart
{
    private static readonly ImmutableArray<int> s_days = [7, 30];

    public static CardBlock.Chart Of(AccessReview review)
    {
        var bars = Bars(review);
        var title = $"{review.Services.Length} services granted, {bars.Where(bar => bar.Tone == Tone.Good).Sum(bar => bar.Value)} used in {Days(review.Window.Days)}";
        return new CardBlock.Chart(title, $"{title}. Last used {string.Join(", ", bars.Where(bar => bar.Value > 0).Select(bar => $"{char.ToLowerInvariant(bar.Label[0])}{bar.Label[1..]}: {bar.Value}"))}.", bars);
    }

    private static ImmutableArray<Bar> Bars(AccessReview review)
    {
        var bars = ImmutableArray.CreateBuilder<Bar>();
        var used = review.Services.Select(line => line.Verdict).OfType<Verdict.Used>().Select(verdict => (int)(review.At - verdict.On).TotalDays).ToArray();
        var from = 0;
        foreach (var to in s_days.Where(days => days < review.Window.Days).Append(review.Window.Days))
        {
            // The verdict, not the days, says what is within the window.
            var isLast = to == review.Window.Days;
            bars.Add(new Bar(Label(from, to), used.Count(days => (from == 0 || days >= from) && (isLast || days <= to)), Tone.Good));
            from = to + 1;
        }
        var unused = review.Services.Select(line => line.Verdict).OfType<Verdict.Unused>().ToArray();
        bars.Add(new Bar($"Over {Days(review.Window.Days)} ago", unused.Count(verdict => verdict.LastSeen is not null), Tone.Caution));
        bars.Add(new Bar("Not in tracking period", unused.Count(verdict => verdict.LastSeen is null), Tone.Caution));
        bars.Add(new Bar("Unknown", review.Services.Count(line => line.Verdict is Verdict.Unknown)));
        return bars.ToImmutable();
    }

    private static string Label(int from, int to) => from == 0 ? $"Within {Days(to)}" : from == to ? $"{Days(to)} ago" : $"{from} to {to} days ago";

    private static string Days(int days) => days == 1 ? "1 day" : $"{days} days";
}
