using System.Collections.Immutable;

namespace LastAccessedBot.Core.Policies;

/// <summary>
/// Proves over the two documents, as read back, that a narrowing is never broader and breaks nothing that is kept: the frame around the
/// actions (effect, resources, conditions, principals, Sid) is the same to the byte, every action that stands was granted before, and
/// everything that was granted of the kept services still is. It knows nothing of how the result was written.
/// </summary>
internal readonly ref struct Proof
{
    private readonly ReadOnlySpan<byte> _before, _after;
    private readonly PolicyLayout _beforeLayout, _afterLayout;
    private readonly Keep _keep;

    private Proof(ReadOnlySpan<byte> before, PolicyLayout beforeLayout, ReadOnlySpan<byte> after, PolicyLayout afterLayout, Keep keep)
    {
        _before = before;
        _after = after;
        _beforeLayout = beforeLayout;
        _afterLayout = afterLayout;
        _keep = keep;
    }

    public static bool Holds(
        ReadOnlySpan<byte> before, PolicyLayout beforeLayout, ReadOnlySpan<byte> after, PolicyLayout afterLayout, Keep keep, ImmutableArray<string> protectedSids) =>
        new Proof(before, beforeLayout, after, afterLayout, keep).Holds(protectedSids);

    private bool Holds(ImmutableArray<string> protectedSids)
    {
        ReadOnlySpan<StatementLayout> olds = _beforeLayout.Statements, news = _afterLayout.Statements;
        if (!_before[..olds[0].Start].SequenceEqual(_after[..news[0].Start]) || !_before[olds[^1].End..].SequenceEqual(_after[news[^1].End..])) return false;
        var next = 0;
        foreach (ref readonly var old in olds)
        {
            var mustStand = !old.IsAllow || ProtectedSid.Matches(protectedSids, old, _before);
            if (next < news.Length && (mustStand ? SameBytes(old, news[next]) : IsNarrower(old, news[next]))) next++;
            else if (mustStand || GrantsKept(old)) return false;
        }
        return next == news.Length;
    }

    private bool SameBytes(in StatementLayout old, in StatementLayout now) =>
        _before[old.Start..old.End].SequenceEqual(_after[now.Start..now.End]);

    private bool IsNarrower(in StatementLayout old, in StatementLayout now) =>
        now.IsAllow && !now.IsNot
        && SameFrame(old, now)
        && (OnlyLeavesOut(old, now) || (GrantedBefore(old, now) && KeepsAll(old, now)));

    private bool SameFrame(in StatementLayout old, in StatementLayout now) =>
        _before[old.Start..old.NameStart].SequenceEqual(_after[now.Start..now.NameStart])
        && _before[old.NameEnd..old.ValueStart].SequenceEqual(_after[now.NameEnd..now.ValueStart])
        && _before[old.ValueEnd..old.End].SequenceEqual(_after[now.ValueEnd..now.End]);

    // The common case in one walk: the entries are those of before in their order, and none that is missing is of a kept service.
    private bool OnlyLeavesOut(in StatementLayout old, in StatementLayout now)
    {
        if (old.IsNot) return false;
        var left = _afterLayout.EntriesOf(now);
        foreach (ref readonly var entry in _beforeLayout.EntriesOf(old))
        {
            var text = _beforeLayout.Text(entry, _before);
            if (left.Length > 0 && left[0].TextLength == text.Length && _afterLayout.Text(left[0], _after).SequenceEqual(text)) left = left[1..];
            else if (entry.IsEverything || _keep.Find(text[..entry.ServiceLength], entry.Head) is not null) return false;
        }
        return left.IsEmpty;
    }

    private bool GrantedBefore(in StatementLayout old, in StatementLayout now)
    {
        var hint = 0;
        foreach (ref readonly var entry in _afterLayout.EntriesOf(now))
        {
            if (old.IsNot)
            {
                if (entry.IsEverything || Excludes(old, _afterLayout.Text(entry, _after), wholly: false)) return false;
            }
            else if (!AnyCovers(_beforeLayout, old, _before, _afterLayout.Text(entry, _after), ref hint)) return false;
        }
        return true;
    }

    private bool KeepsAll(in StatementLayout old, in StatementLayout now)
    {
        if (old.IsNot) return KeepsEvery(old, now);
        var hint = 0;
        var everythingIsKept = false;
        foreach (ref readonly var entry in _beforeLayout.EntriesOf(old))
        {
            if (entry.IsEverything)
            {
                if (!everythingIsKept && !KeepsEvery(old, now)) return false;
                everythingIsKept = true;
                continue;
            }
            if (_keep.Find(_beforeLayout.Service(entry, _before), entry.Head) is not { } kept) continue;
            var text = _beforeLayout.Text(entry, _before);
            if (kept.LeavesAlone(text))
            {
                if (!AnyCovers(_afterLayout, now, _after, text, ref hint)) return false;
                continue;
            }
            foreach (var pattern in kept.Stays)
            {
                if (!ActionText.Overlap(text, pattern)) continue;
                if (!AnyCovers(_afterLayout, now, _after, ActionText.Covers(text, pattern) ? pattern : text, ref hint)) return false;
            }
        }
        return true;
    }

    // Of a statement that grants every service: each kept one still stands, but for what NotAction had excluded.
    private bool KeepsEvery(in StatementLayout old, in StatementLayout now)
    {
        var hint = 0;
        foreach (var kept in _keep.All)
            foreach (var pattern in kept.Stays)
                if (!(old.IsNot && Excludes(old, pattern, wholly: true)) && !AnyCovers(_afterLayout, now, _after, pattern, ref hint)) return false;
        return true;
    }

    private bool GrantsKept(in StatementLayout old)
    {
        if (old.IsNot)
        {
            foreach (var kept in _keep.All)
                foreach (var pattern in kept.Stays)
                    if (!Excludes(old, pattern, wholly: true)) return true;
            return false;
        }
        foreach (ref readonly var entry in _beforeLayout.EntriesOf(old))
        {
            if (entry.IsEverything && _keep.All.Length > 0) return true;
            if (entry.IsEverything || _keep.Find(_beforeLayout.Service(entry, _before), entry.Head) is not { } kept) continue;
            if (kept.LeavesAlone(_beforeLayout.Text(entry, _before))) return true;
            foreach (var pattern in kept.Stays)
                if (ActionText.Overlap(_beforeLayout.Text(entry, _before), pattern)) return true;
        }
        return false;
    }

    private bool Excludes(in StatementLayout statement, ReadOnlySpan<byte> pattern, bool wholly)
    {
        foreach (ref readonly var entry in _beforeLayout.EntriesOf(statement))
        {
            var text = _beforeLayout.Text(entry, _before);
            if (entry.IsEverything || (wholly ? ActionText.Covers(text, pattern) : ActionText.Overlap(text, pattern))) return true;
        }
        return false;
    }

    // Entries mostly stand in the same order in both documents, in the same spelling: the hint walks along, and only a miss looks everywhere.
    private static bool AnyCovers(PolicyLayout layout, in StatementLayout statement, ReadOnlySpan<byte> document, ReadOnlySpan<byte> pattern, ref int hint)
    {
        var entries = layout.EntriesOf(statement);
        for (var i = hint; i < entries.Length; i++)
        {
            if (entries[i].TextLength != pattern.Length || !layout.Text(entries[i], document).SequenceEqual(pattern)) continue;
            hint = i + 1;
            return true;
        }
        foreach (ref readonly var entry in entries)
            if (entry.IsEverything || ActionText.Covers(layout.Text(entry, document), pattern)) return true;
        return false;
    }
}
