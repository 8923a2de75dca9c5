using System.Collections.Immutable;
using System.Text;

namespace LastAccessedBot.Core.Policies;

/// <summary>Sids whose statements the settings put out of reach; <c>*</c> at the end of one matches any rest.</summary>
internal static class ProtectedSid
{
    public static bool Matches(ImmutableArray<string> protectedSids, in StatementLayout statement, ReadOnlySpan<byte> document)
    {
        if (protectedSids.IsEmpty || statement.SidLength < 0) return false;
        var sid = Encoding.UTF8.GetString(document.Slice(statement.SidStart, statement.SidLength));
        return protectedSids.Any(pattern => pattern.EndsWith('*')
            ? sid.StartsWith(pattern[..^1], StringComparison.Ordinal)
            : string.Equals(sid, pattern, StringComparison.Ordinal));
    }
}
