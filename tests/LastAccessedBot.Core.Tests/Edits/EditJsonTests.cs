using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Core.Tests.Edits;

/// <summary>Journals outlive the version that wrote them: these texts never change.</summary>
public sealed class EditJsonTests
{
    private static readonly IdentityRef s_ann = new(IdentityKind.User, "ann"), s_team = new(IdentityKind.Group, "team"), s_job = new(IdentityKind.Role, "job");

    private static readonly EntityRef s_unit = new(EntityKind.Unit, "ou-1", "dev");

    private static readonly ImmutableSortedDictionary<string, string> s_tags = ImmutableSortedDictionary<string, string>.Empty.Add("team", "a");

    public static TheoryData<AccountEdit, string> Edits => new()
    {
        { new AccountEdit.CreateIdentity(s_ann, "/a/", s_tags, "arn:cap", null), """{"kind":"createIdentity","identity":{"kind":"user","name":"ann","kindWord":"user"},"path":"/a/","tags":{"team":"a"},"boundaryArn":"arn:cap"}""" },
        {
            new AccountEdit.CreateIdentity(s_job, "/", s_tags.Clear(), null, new RoleSettings("{}", "text", 3600)),
            """{"kind":"createIdentity","identity":{"kind":"role","name":"job","kindWord":"role"},"path":"/","tags":{},"role":{"trustPolicy":"{}","description":"text","maxSessionDuration":3600}}"""
        },
        { new AccountEdit.PutBoundary(s_ann, "arn:cap"), """{"kind":"putBoundary","on":{"kind":"user","name":"ann","kindWord":"user"},"policyArn":"arn:cap"}""" },
        { new AccountEdit.DeleteBoundary(s_job), """{"kind":"deleteBoundary","on":{"kind":"role","name":"job","kindWord":"role"}}""" },
        { new AccountEdit.DeleteIdentity(s_team), """{"kind":"deleteIdentity","identity":{"kind":"group","name":"team","kindWord":"group"}}""" },
        { new AccountEdit.AddRoleToInstanceProfile("p", "job"), """{"kind":"addRoleToInstanceProfile","instanceProfile":"p","role":"job"}""" },
        { new AccountEdit.RemoveRoleFromInstanceProfile("p", "job"), """{"kind":"removeRoleFromInstanceProfile","instanceProfile":"p","role":"job"}""" },
        { new AccountEdit.SetAccessKeyStatus("ann", "AKIA1", false), """{"kind":"setAccessKeyStatus","user":"ann","accessKeyId":"AKIA1","isActive":false}""" },
        { new AccountEdit.DeleteCredential("ann", CredentialKind.SshPublicKey, "APKA1"), """{"kind":"deleteCredential","user":"ann","credentialKind":"sshPublicKey","id":"APKA1"}""" },
        { new AccountEdit.DeleteLoginProfile("ann"), """{"kind":"deleteLoginProfile","user":"ann"}""" },
        { new AccountEdit.UpdateScp("New", "{}"), """{"kind":"updateScp","name":"New","content":"{}"}""" },
        { new AccountEdit.CreateScp("New", "text", "{}"), """{"kind":"createScp","name":"New","description":"text","content":"{}"}""" },
        { new AccountEdit.DeleteScp("New"), """{"kind":"deleteScp","name":"New"}""" },
        { new AccountEdit.AttachScp("New", s_unit), """{"kind":"attachScp","name":"New","to":{"kind":"unit","id":"ou-1","name":"dev"}}""" },
        { new AccountEdit.DetachScp("New", s_unit), """{"kind":"detachScp","name":"New","from":{"kind":"unit","id":"ou-1","name":"dev"}}""" },
        { new AccountEdit.DeactivateMfaDevice("ann", "mfa1"), """{"kind":"deactivateMfaDevice","user":"ann","serialNumber":"mfa1"}""" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_is_written_as_ever(AccountEdit edit, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(edit, CardJson.Options));
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<AccountEdit>(json, CardJson.Options), CardJson.Options));
    }

    [Fact]
    public void What_hung_on_a_deleted_identity_is_looked_for_nowhere_and_whoever_stays_must_be_the_same()
    {
        HashSet<IdentityRef> gone = [s_ann];
        Assert.Equal(new SubjectState.Attachment(null, false), new EditSubject.Attachment(s_ann, "p").Without(gone, new SubjectState.Attachment("AIDA1", false)));
        Assert.Equal(new SubjectState.Attachment("AGPA1", false), new EditSubject.Attachment(s_team, "p").Without(gone, new SubjectState.Attachment("AGPA1", false)));
        Assert.Equal(new SubjectState.Boundary(null, null), new EditSubject.Boundary(s_ann).Without(gone, new SubjectState.Boundary("AIDA1", "arn:cap")));
        Assert.Equal(new SubjectState.Membership("AGPA1", null, false), new EditSubject.Membership("team", "ann").Without(gone, new SubjectState.Membership("AGPA1", "AIDA1", false)));
        Assert.Equal(new SubjectState.Membership(null, "AIDA2", false), new EditSubject.Membership("team", "bob").Without(new HashSet<IdentityRef> { s_team }, new SubjectState.Membership("AGPA1", "AIDA2", false)));
        Assert.Equal(new SubjectState.InstanceProfileRole("AIPA1", null, false), new EditSubject.InstanceProfileRole("p", "job").Without(new HashSet<IdentityRef> { s_job }, new SubjectState.InstanceProfileRole("AIPA1", "AROA1", false)));
    }
}
