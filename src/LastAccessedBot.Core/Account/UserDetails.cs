using System.Collections.Immutable;

namespace LastAccessedBot.Core.Account;

/// <summary>The kinds of long-term credential that IAM lists for a user.</summary>
public enum CredentialKind { AccessKey, SshPublicKey, SigningCertificate, ServiceSpecificCredential }

/// <summary>A credential of a user, without its secret, which AWS gives to nobody twice.</summary>
/// <param name="Created">null: AWS did not say.</param>
/// <param name="LastUsed">AWS tells it of access keys alone; null for no use within its memory.</param>
public sealed record Credential(CredentialKind Kind, string Id, bool IsActive, DateTimeOffset? Created, LastUse? LastUsed = null)
{
    /// <summary>What IAM calls such a credential, within a sentence.</summary>
    public static string Word(CredentialKind kind) => kind switch
    {
        CredentialKind.AccessKey => "access key",
        CredentialKind.SshPublicKey => "SSH public key",
        CredentialKind.SigningCertificate => "signing certificate",
        _ => "service-specific credential",
    };
}

/// <param name="Of">The service, as AWS writes it: <c>s3</c>.</param>
public sealed record LastUse(DateTimeOffset On, string Of);

/// <summary>What a user signs in with: read only where somebody wants to delete the user.</summary>
/// <param name="PasswordSince">null: no password, and so no way into the console.</param>
/// <param name="MfaDevices">The serial numbers of the devices that are enabled for the user.</param>
public sealed record UserDetails(
    DateTimeOffset? PasswordSince, DateTimeOffset? PasswordLastUsed, ImmutableArray<Credential> Credentials, ImmutableArray<string> MfaDevices);
