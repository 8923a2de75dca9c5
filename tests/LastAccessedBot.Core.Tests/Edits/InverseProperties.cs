using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Core.Tests.Edits;

public sealed class InverseProperties
{
    private const int Accounts = 100_000;

    [Fact]
    public void Applying_and_undoing_restores_the_account_exactly()
    {
        var kinds = new HashSet<Type>();
        for (var seed = 0; seed < Accounts; seed++)
        {
            var random = new Random(seed);
            var account = AccountModel.From(random).WithScps(random);
            var edits = SomeTrim(account, random);
            var lost = LosesAllOf(edits);
            var picture = account.Picture(lost);
            var steps = Carry(account, edits, seed);
            var undo = Inverse(steps);
            kinds.UnionWith(edits.Concat(undo).Select(edit => edit.GetType()));
            Carry(account, undo, seed);
            Assert.True(picture == account.Picture(lost), $"seed {seed}: {string.Join("; ", edits)}\n{picture}\n--\n{account.Picture(lost)}");
        }
        Assert.Equal(typeof(AccountEdit).GetNestedTypes().Length - (kinds.Contains(typeof(AccountEdit.AddUserToGroup)) ? 0 : 1), kinds.Count);
    }

    [Fact]
    public void A_trim_that_stops_anywhere_is_rolled_back_exactly()
    {
        for (var seed = 0; seed < Accounts / 10; seed++)
        {
            var random = new Random(seed);
            var account = AccountModel.From(random).WithScps(random);
            var edits = SomeTrim(account, random);
            var begun = edits[..random.Next(edits.Length + 1)];
            // What has no inverse comes last: whatever stops before it is rolled back whole.
            var lost = begun.Any(edit => edit.Loss is not null) ? LosesAllOf(edits) : null;
            var picture = account.Picture(lost);
            Carry(account, Inverse(Carry(account, begun, seed)), seed);
            Assert.True(picture == account.Picture(lost), $"seed {seed}");
        }
    }

    [Fact]
    public void Edits_and_states_survive_the_journal()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var account = AccountModel.From(random).WithScps(random);
            foreach (var (edit, before, after) in Carry(account, SomeTrim(account, random), seed))
            {
                Assert.Equal(edit, Through(edit));
                Assert.Equal(before, Through(before));
                Assert.Equal(after, Through(after));
                Assert.All(edit.Inverse(before, after), inverse => Assert.Equal(JsonSerializer.Serialize(inverse, CardJson.Options), JsonSerializer.Serialize(Through(inverse), CardJson.Options)));
                var names = JsonDocument.Parse(JsonSerializer.Serialize(edit, CardJson.Options)).RootElement.EnumerateObject().Select(field => field.Name);
                Assert.DoesNotContain(names, name => name is "subject" or "sentence");
            }
        }
    }

    [Fact]
    public void Somebody_else_of_the_same_name_is_not_the_same()
    {
        var edit = new AccountEdit.DetachPolicy(new IdentityRef(IdentityKind.User, "ann"), "arn:p");
        Assert.False(edit.IsReached(new SubjectState.Attachment("AIDA1", true), new SubjectState.Attachment("AIDA2", false)));
        Assert.True(edit.IsReached(new SubjectState.Attachment("AIDA1", true), new SubjectState.Attachment("AIDA1", false)));
    }

    /// <summary>The user whose credentials nothing brings back; null where everything comes back.</summary>
    private static string? LosesAllOf(ImmutableArray<AccountEdit> edits) =>
        edits.OfType<AccountEdit.DeleteIdentity>().Select(edit => edit.Identity).FirstOrDefault() is { Kind: IdentityKind.User, Name: var user } ? user : null;

    private static ImmutableArray<AccountEdit> Inverse(List<(AccountEdit Edit, SubjectState Before, SubjectState After)> steps) =>
        [.. Enumerable.Reverse(steps).SelectMany(step => step.Edit.Inverse(step.Before, step.After))];

    private static List<(AccountEdit Edit, SubjectState Before, SubjectState After)> Carry(AccountModel account, ImmutableArray<AccountEdit> edits, int seed)
    {
        var steps = new List<(AccountEdit, SubjectState, SubjectState)>();
        foreach (var edit in edits)
        {
            var before = account.Read(edit.Subject);
            Assert.False(edit.IsReached(before, before), $"seed {seed}: {edit} seems done before it is");
            account.Make(edit);
            var after = account.Read(edit.Subject);
            Assert.True(edit.IsReached(before, after), $"seed {seed}: {edit} does not seem done");
            steps.Add((edit, before, after));
        }
        return steps;
    }

    private static ImmutableArray<AccountEdit> SomeTrim(AccountModel account, Random random) => random.Next(6) == 0 ? account.SomeScpTrim(random) : account.SomeTrim(random);

    private static T Through<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, CardJson.Options), CardJson.Options)!;
}
