using LastAccessedBot.Flows;

namespace LastAccessedBot.Aws;

/// <summary>Reads what may not be there.</summary>
internal static class Existing
{
    /// <summary>null: AWS has no such thing.</summary>
    public static async Task<T?> OrNullAsync<T>(Task<T> read) where T : class
    {
        try
        {
            return await read;
        }
        catch (AwsRefusedException refused) when (refused.IsNoSuchEntity)
        {
            return null;
        }
    }
}
