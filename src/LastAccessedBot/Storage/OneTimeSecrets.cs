using System.Security.Cryptography;
using System.Text;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class OneTimeSecrets(IDbContextFactory<BotDb> databases) : IOneTimeSecrets
{
    public async Task GiveAsync(string purpose, string secret, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        // Those that nobody brought back are swept by the next that goes out.
        var ticks = now.UtcTicks;
        await db.OneTimeSecrets.Where(row => row.UntilTicks <= ticks).ExecuteDeleteAsync(cancellation);
        db.OneTimeSecrets.Add(new OneTimeSecretRow { Purpose = purpose, Hash = Hash(secret), UntilTicks = until.UtcTicks });
        await db.SaveChangesAsync(cancellation);
    }

    public async Task<bool> TakeAsync(string purpose, string secret, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (hash, ticks) = (Hash(secret), now.UtcTicks);
        return await db.OneTimeSecrets.Where(row => row.Purpose == purpose && row.Hash == hash && row.UntilTicks > ticks).ExecuteDeleteAsync(cancellation) == 1;
    }

    private static string Hash(string secret) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
