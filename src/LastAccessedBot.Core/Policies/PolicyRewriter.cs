using System.Collections.Immutable;
using System.Text;

namespace LastAccessedBot.Core.Policies;

/// <summary>
/// Writes the narrowed document by splicing the original's bytes: what stays is copied, what goes is left out with the separator
/// before it, and only a wildcard over every service (or a NotAction) is spelled out as the services that are kept.
/// </summary>
internal ref struct PolicyRewriter
{
    private readonly ReadOnlySpan<byte> _document;
    private readonly PolicyLayout _layout;
    private readonly Keep _keep;
    private readonly ByteSink _out;

    // Where the value at hand stands in its list, and how its items are set apart.
    private ReadOnlySpan<byte> _separator;
    private int _items, _valueStart, _entryIndex;
    private bool _everythingIsWritten;

    private PolicyRewriter(ReadOnlySpan<byte> document, PolicyLayout layout, Keep keep, ByteSink output)
    {
        _document = document;
        _layout = layout;
        _keep = keep;
        _out = output;
    }

    /// <summary>How many statements remain. 0 leaves nothing of use in <paramref name="output"/>.</summary>
    public static int Rewrite(ReadOnlySpan<byte> document, PolicyLayout layout, Keep keep, ImmutableArray<string> protectedSids, ByteSink output, out Refusal? refusal)
    {
        output.Clear();
        return new PolicyRewriter(document, layout, keep, output).Statements(protectedSids, out refusal);
    }

    private int Statements(ImmutableArray<string> protectedSids, out Refusal? refusal)
    {
        refusal = null;
        var statements = _layout.Statements;
        _out.Write(_document[..statements[0].Start]);
        var remaining = 0;
        for (var i = 0; i < statements.Length; i++)
        {
            ref readonly var statement = ref statements[i];
            var before = _out.Length;
            if (remaining > 0) _out.Write(_document[statements[i - 1].End..statement.Start]);
            if (!statement.IsAllow || ProtectedSid.Matches(protectedSids, statement, _document))
            {
                _out.Write(_document[statement.Start..statement.End]);
                remaining++;
                continue;
            }
            var stays = statement.IsNot ? NotActions(statement, i + 1, out refusal) : Actions(statement);
            if (refusal is not null) return 0;
            if (stays) remaining++;
            else _out.RollBackTo(before);
        }
        _out.Write(_document[statements[^1].End..]);
        return remaining;
    }

    private bool Actions(in StatementLayout statement)
    {
        _out.Write(_document[statement.Start..statement.ValueStart]);
        Begin(statement);
        var entries = _layout.EntriesOf(statement);
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            _entryIndex = i;
            if (entry.IsEverything) Everything(statement);
            else if (_keep.Find(_layout.Service(entry, _document), entry.Head) is { } kept) Entry(entry, kept, statement);
        }
        return End(statement);
    }

    // The allow-list that grants of the kept services what the NotAction granted of them.
    private bool NotActions(in StatementLayout statement, int number, out Refusal? refusal)
    {
        refusal = null;
        _out.Write(_document[statement.Start..statement.NameStart]);
        _out.Write("\"Action\""u8);
        _out.Write(_document[statement.NameEnd..statement.ValueStart]);
        Begin(statement);
        foreach (var kept in _keep.All)
        {
            foreach (var pattern in kept.Patterns)
            {
                switch (Exclusion(statement, pattern))
                {
                    case Excluded.Wholly: break;
                    case Excluded.Partly:
                        refusal = new Refusal(
                            $"{PolicyLayout.NameOf(number, statement, _document)} excludes with `NotAction` a part of `{Encoding.ASCII.GetString(pattern)}`, which is kept",
                            "rewrite the statement by hand with the actions that the team needs");
                        return false;
                    default: Item(pattern, statement); break;
                }
            }
        }
        return End(statement);
    }

    private enum Excluded { Not, Partly, Wholly }

    private readonly Excluded Exclusion(in StatementLayout statement, ReadOnlySpan<byte> pattern)
    {
        var excluded = Excluded.Not;
        foreach (ref readonly var entry in _layout.EntriesOf(statement))
        {
            var text = _layout.Text(entry, _document);
            if (entry.IsEverything || ActionText.Covers(text, pattern)) return Excluded.Wholly;
            if (ActionText.Overlap(text, pattern)) excluded = Excluded.Partly;
        }
        return excluded;
    }

    private void Everything(in StatementLayout statement)
    {
        if (_everythingIsWritten) return;
        _everythingIsWritten = true;
        foreach (var kept in _keep.All)
            foreach (var pattern in kept.Patterns) Item(pattern, statement);
    }

    private void Entry(in EntryLayout entry, KeptService kept, in StatementLayout statement)
    {
        var text = _layout.Text(entry, _document);
        if (kept.Within(text) is not { } patterns)
        {
            // With the separator that stood before it, in one piece.
            var from = _items++ > 0 && _entryIndex > 0 ? _layout.EntriesOf(statement)[_entryIndex - 1].End : entry.Start;
            if (_items > 1 && _entryIndex == 0) _out.Write(_separator);
            _out.Write(_document[from..entry.End]);
            return;
        }
        foreach (var pattern in patterns)
            if (ActionText.Covers(text, pattern) && !IsWritten(pattern)) Item(pattern, statement);
    }

    private readonly bool IsWritten(ReadOnlySpan<byte> pattern)
    {
        var written = _out.Written[_valueStart..];
        for (var at = written.IndexOf(pattern); at >= 0;)
        {
            if (written[at - 1] == '"' && written[at + pattern.Length] == '"') return true;
            var next = written[(at + 1)..].IndexOf(pattern);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return false;
    }

    private void Begin(in StatementLayout statement)
    {
        _items = _entryIndex = 0;
        _everythingIsWritten = false;
        _valueStart = _out.Length;
        var entries = _layout.EntriesOf(statement);
        _separator = statement.IsList && entries.Length > 1 ? _document[entries[0].End..entries[1].Start]
            : _document[statement.NameEnd..statement.ValueStart].Contains((byte)' ') ? ", "u8
            : ","u8;
        _out.Write(statement.IsList ? _document[statement.ValueStart..entries[0].Start] : "["u8);
    }

    private void Item(ReadOnlySpan<byte> pattern, in StatementLayout statement)
    {
        Gap(statement);
        _out.Write("\""u8);
        _out.Write(pattern);
        _out.Write("\""u8);
    }

    // What stands before an item: nothing before the first; then what stood before the original entry, once; else the separator.
    private void Gap(in StatementLayout statement)
    {
        if (_items++ > 0)
        {
            var entries = _layout.EntriesOf(statement);
            _out.Write(_entryIndex > 0 ? _document[entries[_entryIndex - 1].End..entries[_entryIndex].Start] : _separator);
        }
        _entryIndex = 0;
    }

    private readonly bool End(in StatementLayout statement)
    {
        if (_items == 0) return false;
        var entries = _layout.EntriesOf(statement);
        if (statement.IsList) _out.Write(_document[entries[^1].End..statement.ValueEnd]);
        else if (_items == 1) _out.RemoveAt(_valueStart); // A single string that stays single stays a string.
        else _out.Write("]"u8);
        _out.Write(_document[statement.ValueEnd..statement.End]);
        return true;
    }
}
