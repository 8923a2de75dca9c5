using System.Security.Cryptography;
using System.Text;

namespace LastAccessedBot.Surfaces;

/// <summary>The key of a delivery, from what a platform's repetitions of it keep the same.</summary>
internal static class DeliveryKey
{
    private const int LongestIdentity = 150;

    /// <summary>
    /// As it is where it is short: what comes one after another, and says first when it came, then stands side by side in the store, which
    /// halves the price of storing it.
    /// </summary>
    public static string Of(string kind, string identity) =>
        $"{kind}:{(identity.Length <= LongestIdentity ? identity : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(identity))))}";
}
