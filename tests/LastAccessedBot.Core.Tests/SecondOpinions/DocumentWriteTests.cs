using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.SecondOpinions;
using static LastAccessedBot.Core.Tests.Trims.SmallAccount;

namespace LastAccessedBot.Core.Tests.SecondOpinions;

public sealed class DocumentWriteTests
{
    private static readonly string s_arn = PolicyArn("P");

    [Fact]
    public void A_new_version_takes_the_place_of_the_default_one()
    {
        var version = new AccountEdit.CreatePolicyVersion(s_arn, Allow("s3:*"), SetAsDefault: true);
        var stored = StoredPolicy.Of(new Core.Tests.Trims.SmallAccount().With("P", Allow("s3:*", "sqs:*"), versions: 3).State.Policies[s_arn]);
        AccountEdit[] edits = [new AccountEdit.DeletePolicyVersion(s_arn, "v1"), version];
        Assert.Equal([version.Subject], DocumentWrite.Reads(edits));
        Assert.Equal([new DocumentWrite(DocumentType.Identity, "P", Allow("s3:*", "sqs:*"), Allow("s3:*"), Gives: true)], DocumentWrite.Of(edits, Now(version, new SubjectState.Policy(stored))));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(null)]
    public void An_inline_policy_takes_the_place_of_the_one_of_its_name(string? before)
    {
        var put = new AccountEdit.PutInlinePolicy(Role("r"), "own", Allow("s3:*"));
        Assert.Equal([new DocumentWrite(DocumentType.Identity, "own", before, Allow("s3:*"), Gives: true)], DocumentWrite.Of([put], Now(put, new SubjectState.Inline("ID", before))));
    }

    [Fact]
    public void A_policy_that_is_made_of_an_inline_one_takes_its_place()
    {
        var delete = new AccountEdit.DeleteInlinePolicy(Role("r"), "own");
        AccountEdit[] edits = [Made(), new AccountEdit.AttachPolicy(Role("r"), s_arn), delete];
        Assert.Equal([delete.Subject], DocumentWrite.Reads(edits));
        Assert.Equal([new DocumentWrite(DocumentType.Identity, "P", Allow("s3:*"), Allow("s3:*"), Gives: true)], DocumentWrite.Of(edits, Now(delete, new SubjectState.Inline("ID", Allow("s3:*")))));
    }

    [Fact]
    public void A_policy_that_is_attached_to_nobody_gives_nothing_to_anybody() =>
        Assert.Equal([new DocumentWrite(DocumentType.Identity, "P", null, Allow("s3:*"), Gives: false)], DocumentWrite.Of([Made()], ImmutableDictionary<EditSubject, SubjectState>.Empty));

    [Fact]
    public void The_text_of_an_SCP_takes_the_place_of_the_one_before_it_and_gives_nothing_to_anybody()
    {
        var update = new AccountEdit.UpdateScp("Cap", Allow("s3:*"));
        AccountEdit[] edits = [update, new AccountEdit.CreateScp("New", "", Allow("sqs:*")), new AccountEdit.AttachScp("New", new EntityRef(EntityKind.Unit, "ou-1", "dev"))];
        Assert.Equal([update.Subject], DocumentWrite.Reads(edits));
        Assert.Equal(
            [new DocumentWrite(DocumentType.ServiceControl, "Cap", "{}", Allow("s3:*"), Gives: false), new DocumentWrite(DocumentType.ServiceControl, "New", null, Allow("sqs:*"), Gives: false)],
            DocumentWrite.Of(edits, Now(update, new SubjectState.Scp(new StoredScp("p-1", "Cap", "", "{}")))));
    }

    [Fact]
    public void Edits_that_write_no_document_ask_for_nothing()
    {
        AccountEdit[] edits = [new AccountEdit.DetachPolicy(Group("g"), s_arn), new AccountEdit.DeletePolicy(s_arn)];
        Assert.Empty(DocumentWrite.Reads(edits));
        Assert.Empty(DocumentWrite.Of(edits, ImmutableDictionary<EditSubject, SubjectState>.Empty));
    }

    [Theory]
    [InlineData("", "E", "E")]
    [InlineData("E", "E", "")]
    [InlineData("E", "EE", "E")]
    [InlineData("EEW", "EWS", "S")]
    public void What_was_found_before_too_is_not_new(string before, string after, string found) =>
        Assert.Equal(found, string.Concat(PolicyFinding.New(before.Select(Finding), after.Select(Finding)).Select(finding => finding.Code)));

    [Fact]
    public void Errors_and_security_warnings_stop_a_write_and_the_rest_does_not() =>
        Assert.Equal([FindingGrade.Error, FindingGrade.SecurityWarning], Enum.GetValues<FindingGrade>().Where(grade => new PolicyFinding(grade, "C", "d").Stops));

    [Fact]
    public void In_the_words_of_a_finding_only_the_code_is_a_name() =>
        Assert.Equal("security warning `PASS_ROLE`: Using 'iam:*' is much", new PolicyFinding(FindingGrade.SecurityWarning, "PASS_ROLE", "Using `iam:*` is much.").Words);

    private static PolicyFinding Finding(char code) => new(FindingGrade.Warning, $"{code}", "details");

    private static AccountEdit.CreatePolicy Made() => new(s_arn, "P", "/", null, ImmutableSortedDictionary<string, string>.Empty, Allow("s3:*"));

    private static Dictionary<EditSubject, SubjectState> Now(AccountEdit edit, SubjectState state) => new() { [edit.Subject] = state };
}
