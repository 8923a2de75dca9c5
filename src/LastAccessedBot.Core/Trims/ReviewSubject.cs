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

    /// <summary>
    /// As typed after <c>/unused</c>: <c>group app-dev</c>, <c>policy ExamplePolicy1</c>. It is also what owners are owners of, and so
    /// names one thing only.
    /// </summary>
    [JsonIgnore]
    public abstract string Words { get; }

    [JsonIgnore]
    public virtual Prose Prose => Prose.Of($"{Words[..Words.IndexOf(' ', StringComparison.Ordinal)]:w} {Words[(Words.IndexOf(' ', StringComparison.Ordinal) + 1)..]}");

    public sealed record OfIdentity(IdentityRef Ref) : ReviewSubject
    {
        [JsonIgnore]
        public override string Words => Ref.ToString();
    }

    public sealed record OfPolicy(string Arn) : ReviewSubject
    {
        [JsonIgnore]
        public override string Words => $"policy {Arn[(Arn.LastIndexOf('/') + 1)..]}";
    }

    /// <summary>The root, a unit or an account of the organization.</summary>
    public sealed record OfEntity(EntityRef Entity) : ReviewSubject
    {
        [JsonIgnore]
        public override string Words => Entity.Words;

        [JsonIgnore]
        public override Prose Prose => Entity.Prose;
    }
}
