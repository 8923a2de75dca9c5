using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Trims;

/// <summary>What a review looks at.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(OfIdentity), "identity")]
[JsonDerivedType(typeof(OfPolicy), "policy")]
public abstract record ReviewSubject
{
    private ReviewSubject() { }

    /// <summary>As typed after <c>/unused</c>: <c>group app-dev</c>, <c>policy ExamplePolicy1</c>.</summary>
    [JsonIgnore]
    public abstract string Words { get; }

    [JsonIgnore]
    public Prose Prose => Prose.Of($"{Words[..Words.IndexOf(' ', StringComparison.Ordinal)]:w} {Words[(Words.IndexOf(' ', StringComparison.Ordinal) + 1)..]}");

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
}
