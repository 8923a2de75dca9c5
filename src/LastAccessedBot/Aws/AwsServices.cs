namespace LastAccessedBot.Aws;

public static class AwsServices
{
    public const string ActivitySourceName = "LastAccessedBot.Aws";
}
