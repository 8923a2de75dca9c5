using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>What hangs on a user besides policies, and has to go before the user can.</summary>
internal static class UserCredentials
{
    public static readonly IamOperation[] Operations =
    [
        Read("ListAccessKeys", ListAccessKeys),
        Read("GetAccessKeyLastUsed", GetAccessKeyLastUsed),
        Write("UpdateAccessKey", UpdateAccessKey),
        Write("DeleteAccessKey", DeleteAccessKey),
        Read("GetLoginProfile", GetLoginProfile),
        Write("DeleteLoginProfile", DeleteLoginProfile),
        Read("ListMFADevices", ListMfaDevices),
        Write("DeactivateMFADevice", DeactivateMfaDevice),
        Read("ListSSHPublicKeys", call => Credentials(call, "SSHPublicKeys", "SSHPublicKeyId", "UploadDate", call.User().SshPublicKeys)),
        Write("DeleteSSHPublicKey", call => Delete(call, "SSHPublicKeyId", "SSH Public Key", call.User().SshPublicKeys)),
        Read("ListSigningCertificates", call => Credentials(call, "Certificates", "CertificateId", "UploadDate", call.User().SigningCertificates)),
        Write("DeleteSigningCertificate", call => Delete(call, "CertificateId", "Certificate", call.User().SigningCertificates)),
        Read("ListServiceSpecificCredentials", call =>
            Credentials(call, "ServiceSpecificCredentials", "ServiceSpecificCredentialId", "CreateDate", call.User().ServiceSpecificCredentials)),
        Write("DeleteServiceSpecificCredential", call =>
            Delete(call, "ServiceSpecificCredentialId", "Service Specific Credential", call.User().ServiceSpecificCredentials)),
    ];

    private static object[] Credentials(IamCall call, string listName, string idName, string dateName, IEnumerable<StoredCredential> credentials) =>
        call.Page(listName, credentials, one => Member(
            Element("UserName", call.User().Name),
            Element(idName, one.Id),
            Element("Status", one.Status),
            Element(dateName, call.Resolve(one.Created))));

    private static void Delete(IamCall call, string idName, string what, List<StoredCredential> credentials)
    {
        if (credentials.RemoveAll(one => one.Id == call[idName]) == 0)
            throw AwsException.NoSuchEntity($"The {what} with id {call[idName]} cannot be found.");
    }

    private static object[] ListAccessKeys(IamCall call)
    {
        var user = call.User();
        return call.Page("AccessKeyMetadata", user.AccessKeys, key => Member(
            Element("UserName", user.Name),
            Element("AccessKeyId", key.Id),
            Element("Status", key.Status),
            Element("CreateDate", call.Resolve(key.Created))));
    }

    private static object[] GetAccessKeyLastUsed(IamCall call)
    {
        var (user, key) = call.State.Users.Values
            .SelectMany(user => user.AccessKeys.Select(key => (user, key)))
            .FirstOrDefault(held => held.key.Id == call["AccessKeyId"]);
        if (key is null)
            throw AwsException.NoSuchEntity($"The Access Key with id {call["AccessKeyId"]} cannot be found.");
        return
        [
            Element("UserName", user.Name),
            Element("AccessKeyLastUsed",
                key.LastUsed is { } used ? Element("LastUsedDate", call.Resolve(used)) : null,
                Element("ServiceName", key.LastUsed is null ? "N/A" : key.LastService),
                Element("Region", key.LastUsed is null ? "N/A" : "us-east-1")),
        ];
    }

    private static void UpdateAccessKey(IamCall call)
    {
        var key = call.User().AccessKeys.Find(key => key.Id == call["AccessKeyId"])
            ?? throw AwsException.NoSuchEntity($"The Access Key with id {call["AccessKeyId"]} cannot be found.");
        _ = call["Status"];
        key.Status = call.Parameters.OneOf("Status", "", "Active", "Inactive");
    }

    private static void DeleteAccessKey(IamCall call)
    {
        if (call.User().AccessKeys.RemoveAll(key => key.Id == call["AccessKeyId"]) == 0)
            throw AwsException.NoSuchEntity($"The Access Key with id {call["AccessKeyId"]} cannot be found.");
    }

    private static XElement GetLoginProfile(IamCall call)
    {
        var user = call.User();
        return user.LoginProfile is not { } created ? throw NoLoginProfile(user) : Element("LoginProfile",
            Element("UserName", user.Name),
            Element("CreateDate", call.Resolve(created)),
            Element("PasswordResetRequired", false));
    }

    private static void DeleteLoginProfile(IamCall call)
    {
        var user = call.User();
        if (user.LoginProfile is null)
            throw NoLoginProfile(user);
        user.LoginProfile = null;
    }

    private static AwsException NoLoginProfile(User user) => AwsException.NoSuchEntity($"Login Profile for User {user.Name} cannot be found.");

    private static object[] ListMfaDevices(IamCall call)
    {
        var user = call.User();
        return call.Page("MFADevices", user.MfaDevices, serial => Member(
            Element("UserName", user.Name),
            Element("SerialNumber", serial),
            Element("EnableDate", call.Resolve(user.Created))));
    }

    private static void DeactivateMfaDevice(IamCall call)
    {
        if (!call.User().MfaDevices.Remove(call["SerialNumber"]))
            throw AwsException.NoSuchEntity($"MFA Device with serial number {call["SerialNumber"]} cannot be found.");
    }
}
