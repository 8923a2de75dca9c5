using System.Security.Cryptography;

namespace LastAccessedBot.Flows;

/// <summary>Ids that people can read aloud and type: eight characters without the ones that look alike, 40 bits. They are names, not keys.</summary>
public static class ShortId
{
    public static string New() => RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 8);
}
