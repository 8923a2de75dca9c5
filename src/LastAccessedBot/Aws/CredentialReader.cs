using System.Collections.Immutable;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Account;

namespace LastAccessedBot.Aws;

/// <summary>Reads what a user signs in with.</summary>
internal sealed class CredentialReader(IamClient iam)
{
    public async Task<UserDetails?> OfUserAsync(IamUser user, CancellationToken ct)
    {
        var profile = PasswordSinceAsync(user.UserName, ct);
        var devices = iam.ListMfaDevicesAsync(user.UserName, ct);
        var credentials = Task.WhenAll(Enum.GetValues<CredentialKind>().Select(kind => OfKindAsync(user.UserName, kind, ct)));
        await Task.WhenAll(profile, devices, credentials);
        var used = await Task.WhenAll((await credentials).SelectMany(kind => kind).Select(credential => WithLastUseAsync(credential, ct)));
        return new UserDetails(await profile, user.PasswordLastUsed, [.. used], [.. (await devices).Order(StringComparer.Ordinal)]);
    }

    /// <summary>null: the user has no password.</summary>
    public async Task<DateTimeOffset?> PasswordSinceAsync(string user, CancellationToken ct) => (await Existing.OrNullAsync(iam.GetLoginProfileAsync(user, ct)))?.CreateDate;

    /// <summary>By their ids, without their last use.</summary>
    public async Task<ImmutableArray<Credential>> OfKindAsync(string user, CredentialKind kind, CancellationToken ct)
    {
        var credentials = kind switch
        {
            CredentialKind.AccessKey => (await iam.ListAccessKeysAsync(user, ct)).Select(one => new Credential(kind, one.AccessKeyId, IsActive(one.Status), one.CreateDate)),
            CredentialKind.SshPublicKey => (await iam.ListSshPublicKeysAsync(user, ct)).Select(one => new Credential(kind, one.SshPublicKeyId, IsActive(one.Status), one.UploadDate)),
            CredentialKind.SigningCertificate => (await iam.ListSigningCertificatesAsync(user, ct)).Select(one => new Credential(kind, one.CertificateId, IsActive(one.Status), one.UploadDate)),
            _ => (await iam.ListServiceSpecificCredentialsAsync(user, ct)).Select(one => new Credential(kind, one.ServiceSpecificCredentialId, IsActive(one.Status), one.CreateDate)),
        };
        return [.. credentials.OrderBy(one => one.Id, StringComparer.Ordinal)];
    }

    private async Task<Credential> WithLastUseAsync(Credential credential, CancellationToken ct) =>
        credential.Kind == CredentialKind.AccessKey && await iam.GetAccessKeyLastUsedAsync(credential.Id, ct) is { LastUsedDate: { } on, ServiceName: var service }
            ? credential with { LastUsed = new LastUse(on, service) }
            : credential;

    private static bool IsActive(string status) => status == "Active";
}
