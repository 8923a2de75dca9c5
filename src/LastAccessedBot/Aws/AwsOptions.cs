using Amazon.Runtime;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Aws;

/// <summary>What the bot talks to.</summary>
public enum AwsMode
{
    /// <summary>The built-in account on this machine, or another server that speaks AWS's protocols.</summary>
    Sandbox,

    /// <summary>AWS itself.</summary>
    Live,
}

/// <summary>The settings of section <c>Aws</c>.</summary>
public sealed class AwsOptions
{
    public const string Section = "Aws";

    public AwsMode Mode { get; set; } = AwsMode.Sandbox;

    /// <summary>
    /// Where the services answer. Sandbox: <c>http://127.0.0.1:4566</c> when left out.
    /// Live: left out, unless a private HTTPS endpoint stands in for AWS's own.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>The region whose partition (aws, aws-cn, aws-us-gov) is meant: IAM and Organizations have one endpoint for each.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Sandbox only, <c>sandbox</c> when left out. Live uses the SDK's credential chain: environment, profile, container …</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>Sandbox only, <c>sandbox</c> when left out.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>
    /// How many calls a second to start at most, for each service. IAM's limits are shared with everybody else in the account.
    /// When left out: 5 in Live, no limit in Sandbox.
    /// </summary>
    public double? CallsPerSecond { get; set; }

    /// <summary>How many calls may be under way at once.</summary>
    public int ParallelCalls { get; set; } = 4;

    /// <summary>How long one attempt of a call may take.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long AWS may work on one last-accessed report; such jobs normally take seconds.</summary>
    public TimeSpan ReportTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What the account of the bot's own credentials is called; needed where there are others.</summary>
    public string? AccountName { get; set; }

    /// <summary>The accounts beside it that the bot looks after.</summary>
    public IList<MemberAccountOptions> Accounts { get; init; } = [];

    /// <summary>How the organization is looked at and changed.</summary>
    public OrganizationOptions Organization { get; init; } = new();

    public CloudTrailOptions CloudTrail { get; init; } = new();

    internal string? EffectiveEndpoint => Mode == AwsMode.Sandbox ? Endpoint ?? "http://127.0.0.1:4566" : Endpoint;

    internal double? EffectiveCallsPerSecond => CallsPerSecond ?? (Mode == AwsMode.Live ? 5 : null);

    /// <summary><c>null</c> in Live: a client without credentials of its own asks the SDK's chain, which also renews them.</summary>
    internal AWSCredentials? SandboxCredentials =>
        Mode == AwsMode.Sandbox ? new BasicAWSCredentials(AccessKeyId ?? "sandbox", SecretAccessKey ?? "sandbox") : null;
}

/// <summary>Stops the start of the host with a sentence when the settings cannot be meant.</summary>
internal sealed class AwsOptionsValidator : IValidateOptions<AwsOptions>
{
    public ValidateOptionsResult Validate(string? name, AwsOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(AwsOptions options)
    {
        var uri = Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var parsed) ? parsed : null;
        if (options.Endpoint is not null && uri is not { Scheme: "http" or "https" })
            yield return $"Aws:Endpoint is `{options.Endpoint}`; write a whole address, like `http://127.0.0.1:4566`.";
        // A sandbox address left behind in the settings must not pass for AWS.
        if (options.Mode == AwsMode.Live && uri is { Scheme: "http" })
            yield return $"Aws:Mode is Live and Aws:Endpoint is `{options.Endpoint}`; leave Aws:Endpoint out, or set Aws:Mode to Sandbox.";
        if (options.Mode == AwsMode.Live && (options.AccessKeyId ?? options.SecretAccessKey) is not null)
            yield return "Aws:Mode is Live and the settings hold an access key; leave it out: the SDK's credential chain is used.";
        if (options.AccessKeyId is null != options.SecretAccessKey is null)
            yield return "Set both Aws:AccessKeyId and Aws:SecretAccessKey, or neither.";
        if (Wire.Partition.Of(options.Region) is null)
            yield return $"Aws:Region is `{options.Region}`; write a region of AWS, AWS China or AWS GovCloud, like `us-east-1`.";
        if (options.CallsPerSecond is <= 0)
            yield return $"Aws:CallsPerSecond is {options.CallsPerSecond}; write a number above 0, or leave it out.";
        if (options.ParallelCalls < 1)
            yield return $"Aws:ParallelCalls is {options.ParallelCalls}; write 1 or more.";
        foreach (var fault in AccountFaults(options)) yield return fault;
        foreach (var fault in options.Organization.Faults().Concat(options.CloudTrail.Faults())) yield return fault;
        if (options.RequestTimeout <= TimeSpan.Zero || options.ReportTimeout <= TimeSpan.Zero)
            yield return "Aws:RequestTimeout and Aws:ReportTimeout must be longer than zero, like `00:00:30`.";
    }

    private static IEnumerable<string> AccountFaults(AwsOptions options)
    {
        if (options.AccountName is { } home && !MemberAccountOptions.IsName(home))
            yield return $"Aws:AccountName is `{home}`; write one word of letters, digits, `.`, `_` and `-`, such as `production`.";
        if (options.AccountName is null && options.Accounts.Count > 0)
            yield return "Aws:Accounts names further accounts, and cards are to tell them from the bot's own: set Aws:AccountName too, such as `production`.";
        foreach (var fault in options.Accounts.SelectMany((account, index) => account.Faults($"{AwsOptions.Section}:{nameof(AwsOptions.Accounts)}:{index}"))) yield return fault;
        foreach (var twice in options.Accounts.Select(account => account.Name).Append(options.AccountName ?? "").GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
            yield return $"Two accounts are called `{twice.Key}`; give each a name of its own.";
        foreach (var twice in options.Accounts.GroupBy(account => account.Id).Where(same => same.Count() > 1))
            yield return $"Aws:Accounts names the account `{twice.Key}` twice.";
    }
}
