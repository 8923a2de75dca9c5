using System.Collections.Immutable;

namespace LastAccessedBot.Aws.Wire;

/// <content>What users sign in with. Secrets are given once, to whoever makes them: none is read here.</content>
public sealed partial class IamClient
{
    public Task<ImmutableArray<AccessKeyMetadata>> ListAccessKeysAsync(string userName, CancellationToken ct) =>
        ListAsync("ListAccessKeys", [("UserName", userName), MostItems], page => page.Members("AccessKeyMetadata", AccessKeyMetadata.From), ct);

    public Task<AccessKeyLastUsed> GetAccessKeyLastUsedAsync(string accessKeyId, CancellationToken ct) =>
        ReadAsync("GetAccessKeyLastUsed", [("AccessKeyId", accessKeyId)], result => AccessKeyLastUsed.From(result.Required("AccessKeyLastUsed")), ct);

    /// <param name="status"><c>Active</c> or <c>Inactive</c>.</param>
    public Task UpdateAccessKeyAsync(string userName, string accessKeyId, string status, CancellationToken ct) =>
        ChangeAsync("UpdateAccessKey", [("UserName", userName), ("AccessKeyId", accessKeyId), ("Status", status)], ct);

    public Task DeleteAccessKeyAsync(string userName, string accessKeyId, CancellationToken ct) =>
        ChangeAsync("DeleteAccessKey", [("UserName", userName), ("AccessKeyId", accessKeyId)], ct);

    /// <summary>Refused with <c>NoSuchEntity</c> when the user has no password.</summary>
    public Task<LoginProfile> GetLoginProfileAsync(string userName, CancellationToken ct) =>
        ReadAsync("GetLoginProfile", [("UserName", userName)], result => LoginProfile.From(result.Required("LoginProfile")), ct);

    /// <summary>Refused with <c>EntityTemporarilyUnmodifiable</c> just after the password was made.</summary>
    public Task DeleteLoginProfileAsync(string userName, CancellationToken ct) => ChangeAsync("DeleteLoginProfile", [("UserName", userName)], ct);

    /// <summary>The serial numbers of the devices that are enabled for the user.</summary>
    public Task<ImmutableArray<string>> ListMfaDevicesAsync(string userName, CancellationToken ct) =>
        ListAsync("ListMFADevices", [("UserName", userName), MostItems], page => page.Members("MFADevices", one => one.Text("SerialNumber")), ct);

    /// <summary>A virtual device stays, assigned to nobody.</summary>
    public Task DeactivateMfaDeviceAsync(string userName, string serialNumber, CancellationToken ct) =>
        ChangeAsync("DeactivateMFADevice", [("UserName", userName), ("SerialNumber", serialNumber)], ct);

    public Task<ImmutableArray<SshPublicKeyMetadata>> ListSshPublicKeysAsync(string userName, CancellationToken ct) =>
        ListAsync("ListSSHPublicKeys", [("UserName", userName), MostItems], page => page.Members("SSHPublicKeys", SshPublicKeyMetadata.From), ct);

    public Task DeleteSshPublicKeyAsync(string userName, string sshPublicKeyId, CancellationToken ct) =>
        ChangeAsync("DeleteSSHPublicKey", [("UserName", userName), ("SSHPublicKeyId", sshPublicKeyId)], ct);

    public Task<ImmutableArray<SigningCertificate>> ListSigningCertificatesAsync(string userName, CancellationToken ct) =>
        ListAsync("ListSigningCertificates", [("UserName", userName), MostItems], page => page.Members("Certificates", SigningCertificate.From), ct);

    public Task DeleteSigningCertificateAsync(string userName, string certificateId, CancellationToken ct) =>
        ChangeAsync("DeleteSigningCertificate", [("UserName", userName), ("CertificateId", certificateId)], ct);

    public Task<ImmutableArray<ServiceSpecificCredentialMetadata>> ListServiceSpecificCredentialsAsync(string userName, CancellationToken ct) =>
        ListAsync("ListServiceSpecificCredentials", [("UserName", userName), MostItems],
            page => page.Members("ServiceSpecificCredentials", ServiceSpecificCredentialMetadata.From), ct);

    public Task DeleteServiceSpecificCredentialAsync(string userName, string serviceSpecificCredentialId, CancellationToken ct) =>
        ChangeAsync("DeleteServiceSpecificCredential", [("UserName", userName), ("ServiceSpecificCredentialId", serviceSpecificCredentialId)], ct);
}
