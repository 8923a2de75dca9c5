using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Trims;

/// <summary>What a review looks at.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(OfIdentity), "identity")]
[JsonDerivedType(typeof(OfPolicy), "policy")]
[JsonDerivedType(typeof(OfEntity), "entity")]
public abstract record ReviewSubject
{
    private ReviewSubject() { }

    /// <summary>The account that it is in; null for the home account where the settings give that no name, and for what is the organization's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountRef? In { get; init; }

    /// <summary>
    /// As typed after <c>/unused</c>: <c>group app-dev</c>, <c>policy ExamplePolicy1</c>, <c>group app-dev in staging</c>. It is also what owners
    /// are owners of, and so names one thing only.
    /// </summary>
    [JsonIgnore]
    public string Words => Bare + Suffix;

    /// <summary>Its words without the account: kind and name.</summary>
    [JsonIgnore]
    public abstract string Bare { get; }

    /// <summary>What a command about it, or about anything that it has to do with, ends with: its account; nothing at home.</summary>
    [JsonIgnore]
    public string Suffix => In?.Suffix ?? "";

    [JsonIgnore]
    public virtual Prose Prose
    {
        get
        {
            var bare = Prose.Of($"{Bare[..Bare.IndexOf(' ', StringComparison.Ordinal)]:w} {Bare[(Bare.IndexOf(' ', StringComparison.Ordinal) + 1)..]}");
            return In is { Name: var name } ? bare.Then(Prose.Of($" in {name}")) : bare;
        }
    }

    /// <summary>The same thing, whatever its account is called: accounts are told apart by number, and home has none.</summary>
    public virtual bool Equals(ReviewSubject? other) => other is not null && EqualityContract == other.EqualityContract && In?.Id == other.In?.Id;

    public override int GetHashCode() => HashCode.Combine(EqualityContract, In?.Id);

    public sealed record OfIdentity(IdentityRef Ref) : ReviewSubject
    {
        [JsonIgnore]
        public override string Bare => Ref.ToString();
    }

    public sealed record OfPolicy(string Arn) : ReviewSubject
    {
        [JsonIgnore]
        public override string Bare => $"policy {Arn[(Arn.LastIndexOf('/') + 1)..]}";
    }

    /// <summary>The root, a unit or an account of the organization.</summary>
    public sealed record OfEntity(EntityRef Entity) : ReviewSubject
    {
        [JsonIgnore]
        public override string Bare => Entity.Words;

        [JsonIgnore]
        public override Prose Prose => Entity.Prose;
    }
}
