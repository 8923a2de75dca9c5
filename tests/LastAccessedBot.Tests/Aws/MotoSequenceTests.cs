using System.Collections.Immutable;
using LastAccessedBot.Aws;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Tests.Edits;

namespace LastAccessedBot.Tests.Aws;

/// <summary>
/// Random trims and their undos, one after another, on two accounts that began alike: the core's own model, and moto by the bot's real
/// editor. After each the two must look the same. moto knows no boundaries of users and no service-specific credentials.
/// </summary>
public sealed class MotoSequenceTests(Moto moto) : IClassFixture<Moto>
{
    private const int Sequences = 300;

    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task Every_edit_and_its_inverse_leave_the_account_that_the_core_predicts()
    {
        moto.Require();
        var reader = new AccountReader(moto.Iam, new CredentialReader(moto.Iam), new Amazon.SecurityToken.AmazonSecurityTokenServiceClient(moto.Options.SandboxCredentials, new Amazon.SecurityToken.AmazonSecurityTokenServiceConfig { ServiceURL = moto.Options.Endpoint }));
        var editor = new AccountEditor(moto.Iam, reader, new CredentialReader(moto.Iam), new OrganizationEditor(moto.Organizations));
        var random = new Random(2026);
        var model = AccountModel.From(random, isBare: true);
        await moto.MakeAsync(AwsService.Iam, "CreateInstanceProfile", ("InstanceProfileName", AccountModel.InstanceProfile));
        await editor.MakeAsync(AccountModel.Cap, Ct);
        foreach (var edit in model.Making()) await editor.MakeAsync(edit, Ct);
        Assert.Equal(model.Picture(), await PictureAsync(reader));

        var kinds = new HashSet<Type>();
        for (var sequence = 0; sequence < Sequences;)
        {
            var edits = model.SomeTrim(random);
            if (edits.IsEmpty || edits.OfType<AccountEdit.PutBoundary>().Any(edit => edit.On.Kind == IdentityKind.User)) continue;
            sequence++;
            var before = model.Picture();
            var (predicted, done) = (CarryOut(model, edits), await CarryOutAsync(editor, edits));
            Assert.Equal(model.Picture(), await PictureAsync(reader));
            var undo = Inverse(done);
            CarryOut(model, Inverse(predicted));
            await CarryOutAsync(editor, undo);
            Assert.Equal(before, model.Picture());
            Assert.Equal(before, await PictureAsync(reader));
            kinds.UnionWith(edits.Concat(undo).Select(edit => edit.GetType()));
        }
        Assert.Superset(
            new HashSet<Type>
            {
                typeof(AccountEdit.AttachPolicy), typeof(AccountEdit.DetachPolicy), typeof(AccountEdit.AddUserToGroup), typeof(AccountEdit.RemoveUserFromGroup), typeof(AccountEdit.CreatePolicyVersion),
                typeof(AccountEdit.SetDefaultPolicyVersion), typeof(AccountEdit.DeletePolicyVersion), typeof(AccountEdit.PutInlinePolicy), typeof(AccountEdit.DeleteInlinePolicy), typeof(AccountEdit.CreatePolicy),
                typeof(AccountEdit.DeletePolicy), typeof(AccountEdit.PutBoundary), typeof(AccountEdit.CreateIdentity), typeof(AccountEdit.DeleteIdentity),
                typeof(AccountEdit.AddRoleToInstanceProfile), typeof(AccountEdit.RemoveRoleFromInstanceProfile),
            }, kinds);
    }

    private static async Task<string> PictureAsync(AccountReader reader)
    {
        var identities = (await Task.WhenAll(AccountModel.Everyone.Select(name => name.Kind == IdentityKind.Role ? reader.IdentityInFullAsync(name, Ct) : reader.IdentityAsync(name, Ct)))).OfType<Identity>().ToArray();
        var names = await reader.NamesAsync(Ct);
        var policies = (await Task.WhenAll(names.Policies.Select(policy => reader.PolicyAsync(policy.Arn, Ct)))).OfType<ManagedPolicy>();
        return AccountModel.Of(identities, policies, identity => identity.Role?.Settings, identities.Where(identity => identity.Role is { InstanceProfiles.Count: > 0 }).Select(identity => identity.Ref.Name)).Picture();
    }

    private static List<(AccountEdit Edit, SubjectState Before, SubjectState After)> CarryOut(AccountModel model, ImmutableArray<AccountEdit> edits) =>
    [
        .. edits.Select(edit =>
        {
            var before = model.Read(edit.Subject);
            model.Make(edit);
            return (edit, before, model.Read(edit.Subject));
        }),
    ];

    private static async Task<List<(AccountEdit Edit, SubjectState Before, SubjectState After)>> CarryOutAsync(AccountEditor editor, ImmutableArray<AccountEdit> edits)
    {
        var steps = new List<(AccountEdit, SubjectState, SubjectState)>();
        foreach (var edit in edits)
        {
            var before = await editor.ReadAsync(edit.Subject, Ct);
            await editor.MakeAsync(edit, Ct);
            var after = await editor.ReadAsync(edit.Subject, Ct);
            Assert.True(edit.IsReached(before, after), $"{edit.Sentence} does not seem done");
            steps.Add((edit, before, after));
        }
        return steps;
    }

    private static ImmutableArray<AccountEdit> Inverse(List<(AccountEdit Edit, SubjectState Before, SubjectState After)> steps) =>
        [.. Enumerable.Reverse(steps).SelectMany(step => step.Edit.Inverse(step.Before, step.After))];
}
