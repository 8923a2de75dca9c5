using System.Collections.Frozen;

namespace LastAccessedBot.Aws.Wire;

/// <summary>One AWS service as the wire sees it.</summary>
/// <param name="Id">The service's name in spans and messages.</param>
/// <param name="SigningName">The service in a signature's scope.</param>
/// <param name="TargetPrefix">What stands before the operation in <c>X-Amz-Target</c>; <c>null</c> for the other protocols.</param>
/// <param name="Paths">Where each operation is asked, for the REST protocol; <c>null</c> for the other protocols.</param>
internal sealed record AwsService(string Id, string SigningName, string ApiVersion, string? TargetPrefix, FrozenDictionary<string, string>? Paths = null)
{
    public static AwsService Iam { get; } = new("IAM", "iam", "2010-05-08", null);

    public static AwsService Organizations { get; } = new("Organizations", "organizations", "2016-11-28", "AWSOrganizationsV20161128");

    public static AwsService CloudTrail { get; } = new("CloudTrail", "cloudtrail", "2013-11-01", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101");

    public static AwsService AccessAnalyzer { get; } = new("AccessAnalyzer", "access-analyzer", "2019-11-01", null, new Dictionary<string, string>
    {
        ["ValidatePolicy"] = "/policy/validation",
        ["CheckNoNewAccess"] = "/policy/check-no-new-access",
    }.ToFrozenDictionary(StringComparer.Ordinal));
}

/// <summary>
/// Where a partition's services answer, and with which region they are signed (source: AWS General Reference, service endpoints).
/// </summary>
internal sealed record Partition(string IamUrl, string IamRegion, string OrganizationsUrl, string OrganizationsRegion, string DnsSuffix)
{
    private static readonly Partition Aws = new(
        "https://iam.amazonaws.com", "us-east-1", "https://organizations.us-east-1.amazonaws.com", "us-east-1", "amazonaws.com");

    private static readonly Partition China = new(
        "https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1", "https://organizations.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1", "amazonaws.com.cn");

    private static readonly Partition GovCloud = new(
        "https://iam.us-gov.amazonaws.com", "us-gov-west-1", "https://organizations.us-gov-west-1.amazonaws.com", "us-gov-west-1", "amazonaws.com");

    /// <summary>The partition that a region belongs to; <c>null</c> when it is none of the three.</summary>
    public static Partition? Of(string region) => Amazon.RegionEndpoint.GetBySystemName(region).PartitionName switch
    {
        "aws" when region.Contains('-', StringComparison.Ordinal) => Aws,
        "aws-cn" => China,
        "aws-us-gov" => GovCloud,
        _ => null,
    };

    /// <param name="region">The region of the settings; the global services have their own.</param>
    public (string Url, string Region) EndpointOf(AwsService service, string region) =>
        service == AwsService.Iam ? (IamUrl, IamRegion)
        : service == AwsService.Organizations ? (OrganizationsUrl, OrganizationsRegion)
        : ($"https://{service.SigningName}.{region}.{DnsSuffix}", region);
}
