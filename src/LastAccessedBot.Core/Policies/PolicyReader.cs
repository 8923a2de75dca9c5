using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace LastAccessedBot.Core.Policies;

/// <summary>
/// Reads the whole IAM JSON policy grammar into a <see cref="PolicyLayout"/>. It refuses what AWS would not store and what two readers
/// could understand differently (a field twice, Action beside NotAction): nothing that is not understood is ever rewritten.
/// Element names are taken in any case, their values (<c>Allow</c>, <c>2012-10-17</c>) as AWS writes them.
/// </summary>
internal ref struct PolicyReader
{
    private static readonly SearchValues<byte> s_service = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-."u8);
    private static readonly SearchValues<byte> s_action = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._*?"u8);

    private readonly ReadOnlySpan<byte> _document;
    private readonly PolicyLayout _layout;
    private Utf8JsonReader _json;
    private int _number;

    private PolicyReader(ReadOnlySpan<byte> document, PolicyLayout layout)
    {
        _document = document;
        _layout = layout;
        _json = new Utf8JsonReader(document);
    }

    /// <summary>Fills <paramref name="layout"/>; a refusal leaves it in no particular state.</summary>
    public static Refusal? Read(ReadOnlySpan<byte> document, PolicyLayout layout)
    {
        layout.Clear();
        if (!Utf8.IsValid(document)) return new Refusal("the policy is not UTF-8 text", "save the file as UTF-8");
        try
        {
            return new PolicyReader(document, layout).Policy();
        }
        catch (JsonException broken)
        {
            return new Refusal($"the policy is not valid JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}", "check it with a JSON editor");
        }
        catch (InvalidOperationException)
        {
            // The JSON reader's word for an escape that stands for no character, such as half of a surrogate pair.
            return new Refusal("the policy holds an escape that stands for no character", "write the character itself");
        }
    }

    private Refusal? Policy()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject) return new Refusal("a policy is a JSON object", "start with `{ \"Version\": \"2012-10-17\", \"Statement\": [ … ] }`");
        var seen = PolicyElement.None;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var element = PolicyElements.OfPolicy(Name());
            if (element == PolicyElement.None) return new Refusal($"the policy has an unknown field `{_json.GetString()}`", "a policy has Version, Id and Statement");
            if ((seen & element) != 0) return new Refusal($"the policy has the field `{element}` twice", "keep one");
            seen |= element;
            _json.Read();
            var refusal = element switch
            {
                PolicyElement.Statement => StatementList(),
                PolicyElement.Version => Version(),
                _ => _json.TokenType == JsonTokenType.String ? null : new Refusal("the policy's `Id` is not a string"),
            };
            if (refusal is not null) return refusal;
        }
        // Anything after the closing brace is bad JSON; the reader says so here.
        _json.Read();
        return (seen & PolicyElement.Statement) == 0 || _layout.StatementCount == 0
            ? new Refusal("the policy has no statement", "a policy needs at least one statement with Effect and Action")
            : null;
    }

    private Refusal? Version() =>
        _json.TokenType == JsonTokenType.String && (_json.ValueTextEquals("2012-10-17"u8) || _json.ValueTextEquals("2008-10-17"u8))
            ? null
            : new Refusal($"the policy's `Version` is {Shown()}", "it is `2012-10-17`, or `2008-10-17` in old policies");

    private Refusal? StatementList()
    {
        _layout.StatementIsList = _json.TokenType == JsonTokenType.StartArray;
        if (!_layout.StatementIsList) return Statement();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            if (Statement() is { } refusal) return refusal;
        return null;
    }

    private Refusal? Statement()
    {
        _number++;
        if (_json.TokenType != JsonTokenType.StartObject) return new Refusal($"statement {_number} is not an object", "write `{ \"Effect\": …, \"Action\": …, \"Resource\": … }`");
        var statement = new StatementLayout { Start = (int)_json.TokenStartIndex, SidLength = -1, FirstEntry = _layout.EntryCount };
        var seen = PolicyElement.None;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var element = PolicyElements.OfStatement(Name());
            if (element == PolicyElement.None) return Because($"has an unknown field `{_json.GetString()}`", "its fields are those of the IAM policy grammar");
            if ((seen & element) != 0) return Because($"has the field `{element}` twice", "keep one");
            seen |= element;
            if ((element & PolicyElement.AnyAction) != 0)
            {
                statement.NameStart = (int)_json.TokenStartIndex;
                statement.NameEnd = statement.NameStart + _json.ValueSpan.Length + 2;
                statement.IsNot = element == PolicyElement.NotAction;
            }
            _json.Read();
            if (Value(element, ref statement) is { } refusal) return refusal;
        }
        statement.End = (int)_json.BytesConsumed;
        if (Missing(seen) is { } missing) return missing;
        statement.EntryCount = _layout.EntryCount - statement.FirstEntry;
        _layout.Add(statement);
        return null;
    }

    private readonly Refusal? Missing(PolicyElement seen) =>
        (seen & PolicyElement.Effect) == 0 ? Because("has no `Effect`", "write `Allow` or `Deny`")
        : (seen & PolicyElement.AnyAction) == 0 ? Because("has neither `Action` nor `NotAction`", "write one of them")
        : Both(seen, PolicyElement.AnyAction) ? Because("has `Action` and `NotAction`", "keep one of them")
        : Both(seen, PolicyElement.AnyResource) ? Because("has `Resource` and `NotResource`", "keep one of them")
        : Both(seen, PolicyElement.AnyPrincipal) ? Because("has `Principal` and `NotPrincipal`", "keep one of them")
        : null;

    private static bool Both(PolicyElement seen, PolicyElement pair) => (seen & pair) == pair;

    private Refusal? Value(PolicyElement element, ref StatementLayout statement)
    {
        switch (element)
        {
            case PolicyElement.Sid:
                if (_json.TokenType != JsonTokenType.String) return Because("has a `Sid` that is not a string", "write letters and digits in quotes");
                statement.SidStart = (int)_json.TokenStartIndex + 1;
                statement.SidLength = _json.ValueSpan.Length;
                return null;
            case PolicyElement.Effect:
                statement.IsAllow = _json.TokenType == JsonTokenType.String && _json.ValueTextEquals("Allow"u8);
                return statement.IsAllow || (_json.TokenType == JsonTokenType.String && _json.ValueTextEquals("Deny"u8))
                    ? null
                    : Because($"has the `Effect` {Shown()}", "write `Allow` or `Deny`");
            case PolicyElement.Action or PolicyElement.NotAction:
                return Actions(element, ref statement);
            case PolicyElement.Condition:
                return Condition();
            case PolicyElement.Principal or PolicyElement.NotPrincipal when _json.TokenType == JsonTokenType.StartObject:
                while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
                {
                    _json.Read();
                    if (!Strings()) return Because($"has a `{element}` that is not strings", "write a string or a list of strings for every kind of principal");
                }
                return null;
            default:
                return Strings() ? null : Because($"has a `{element}` that is not strings", "write a string or a list of strings");
        }
    }

    private Refusal? Condition()
    {
        if (_json.TokenType != JsonTokenType.StartObject) return Because("has a `Condition` that is not an object", "write `{ operator: { key: values } }`");
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            _json.Read();
            if (_json.TokenType != JsonTokenType.StartObject) return Because("has a `Condition` whose operator has no object", "write `{ operator: { key: values } }`");
            while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
            {
                _json.Read();
                if (!Scalars()) return Because("has a `Condition` with a value that is no string, number or truth value", "write a value or a list of values for every key");
            }
        }
        return null;
    }

    private bool Strings()
    {
        if (_json.TokenType != JsonTokenType.StartArray) return _json.TokenType == JsonTokenType.String;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            if (_json.TokenType != JsonTokenType.String) return false;
        return true;
    }

    private bool Scalars()
    {
        if (_json.TokenType != JsonTokenType.StartArray) return IsScalar(_json.TokenType);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            if (!IsScalar(_json.TokenType)) return false;
        return true;
    }

    private static bool IsScalar(JsonTokenType token) =>
        token is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False;

    private Refusal? Actions(PolicyElement element, ref StatementLayout statement)
    {
        statement.ValueStart = (int)_json.TokenStartIndex;
        statement.IsList = _json.TokenType == JsonTokenType.StartArray;
        if (!statement.IsList)
        {
            if (Entry(element) is { } refusal) return refusal;
        }
        else
        {
            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
                if (Entry(element) is { } refusal) return refusal;
            if (_layout.EntryCount == statement.FirstEntry) return Because($"has an empty `{element}`", "name at least one action");
        }
        statement.ValueEnd = (int)_json.BytesConsumed;
        return null;
    }

    private Refusal? Entry(PolicyElement element)
    {
        if (_json.TokenType != JsonTokenType.String) return Because($"has an `{element}` that is not strings", "write a string or a list of strings");
        var start = (int)_json.TokenStartIndex;
        var entry = new EntryLayout { Start = start, End = start + _json.ValueSpan.Length + 2, TextStart = start + 1, TextLength = _json.ValueSpan.Length };
        if (_json.ValueIsEscaped)
        {
            entry.IsUnescaped = true;
            entry.TextStart = _layout.AddUnescaped(_json.GetString()!, out entry.TextLength);
        }
        var text = _layout.Text(entry, _document);
        if (text.IsEmpty || text[0] != '*' || !(text.Length == 1 || text.SequenceEqual("*:*"u8)))
        {
            var colon = text.IndexOf((byte)':');
            if (colon is < 1 or > 64 || colon == text.Length - 1
                || text[..colon].ContainsAnyExcept(s_service) || text[(colon + 1)..].ContainsAnyExcept(s_action))
                return Because($"names `{Encoding.UTF8.GetString(text)}` in `{element}`, which is no action", "write `service:Action`, like `s3:GetObject` or `s3:*`");
            entry.ServiceLength = colon;
            entry.Head = ServiceHead.Of(text[..colon]);
        }
        _layout.Add(entry);
        return null;
    }

    /// <summary>The name at hand, escapes resolved; escapes in names are legal JSON and never seen.</summary>
    private readonly ReadOnlySpan<byte> Name() => _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(_json.GetString()!) : _json.ValueSpan;

    private readonly string Shown() => _json.TokenType == JsonTokenType.String ? $"`{_json.GetString()}`" : "not a string";

    private readonly Refusal Because(string what, string help) => new($"statement {_number} {what}", help);
}
