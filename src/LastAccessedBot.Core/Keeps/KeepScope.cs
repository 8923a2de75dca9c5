using System.Text.Json.Serialization;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Keeps;

/// <summary>How much of a target is kept.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Everything), "everything")]
[JsonDerivedType(typeof(OfService), "service")]
[JsonDerivedType(typeof(OfPolicy), "policy")]
public abstract record KeepScope
{
    private KeepScope() { }

    /// <summary>What follows the target in a sentence and in a command; nothing for all of it.</summary>
    [JsonIgnore]
    public abstract string Words { get; }

    /// <summary>The target as a clause.</summary>
    /// <param name="target">Its prose.</param>
    public abstract Prose Of(Prose target);

    public sealed record Everything : KeepScope
    {
        [JsonIgnore]
        public override string Words => "";

        public override Prose Of(Prose target) => target;
    }

    /// <summary>Whatever the service is: its use is taken to be unknown.</summary>
    public sealed record OfService(ServiceNamespace Service) : KeepScope
    {
        [JsonIgnore]
        public override string Words => $"service {Service}";

        public override Prose Of(Prose target) => Prose.Of($"service {Service.Value} of ").Then(target);
    }

    /// <summary>Whatever a managed or inline policy of the name gives to the target.</summary>
    public sealed record OfPolicy(string Name) : KeepScope
    {
        [JsonIgnore]
        public override string Words => $"policy {Name}";

        public override Prose Of(Prose target) => Prose.Of($"policy {Name} of ").Then(target);
    }
}
