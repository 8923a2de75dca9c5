using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Core.Cards;

/// <summary>What a press asks for before it counts. Platforms show it as a dialog; what comes back is checked again where it counts.</summary>
/// <param name="About">What is being decided, above the fields.</param>
/// <param name="Fields">One to ten; every one must be filled in, but for those that say otherwise.</param>
public sealed record Form(Prose About, ImmutableArray<Field> Fields)
{
    /// <summary>What is wrong with the inputs, field id → sentence; empty when nothing is. Inputs that no field asks for do not matter.</summary>
    public ImmutableSortedDictionary<string, string> Faults(IReadOnlyDictionary<string, string> inputs) => Fields
        .Select(field => KeyValuePair.Create(field.Id, field.Fault(inputs.GetValueOrDefault(field.Id) ?? "")))
        .Where(fault => fault.Value is not null)
        .ToImmutableSortedDictionary(fault => fault.Key, fault => fault.Value!, StringComparer.Ordinal);

    /// <summary>The same as one refusal; null when nothing is wrong.</summary>
    public Refusal? Refuse(IReadOnlyDictionary<string, string> inputs) => Faults(inputs) is { IsEmpty: false } faults
        ? new Refusal("The form is not filled in as it asks", string.Join(" ", faults.Select(fault => $"`{fault.Key}`: {fault.Value}")))
        : null;
}

/// <summary>One thing that a form asks for.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(OneOf), "oneOf")]
public abstract record Field
{
    private Field() { }

    /// <summary>The name of the input: a word of lower-case letters, different in each field of a form.</summary>
    public abstract string Id { get; init; }

    /// <summary>What is asked, in at most 100 characters.</summary>
    public abstract string Label { get; init; }

    /// <summary>What is wrong with the input, as a sentence; null when it will do.</summary>
    public abstract string? Fault(string input);

    /// <summary>Words of a person's own.</summary>
    /// <param name="Most">The characters that it may have, white space around it not counted; at most 3,000.</param>
    /// <param name="Exactly">The one text that will do, white space around it not counted; null where any will.</param>
    public sealed record Text(string Id, string Label, int Most, string? Exactly = null) : Field
    {
        public override string? Fault(string input) =>
            Exactly is not null ? input.Trim() == Exactly ? null : $"Type `{Exactly}`, letter for letter." :
            input.All(sign => char.IsWhiteSpace(sign) || char.IsControl(sign)) ? $"Write something here, in at most {Most} characters."
            : input.Trim().Length > Most ? $"This has {input.Trim().Length} characters; {Most} is the limit."
            : null;
    }

    /// <summary>One of several.</summary>
    /// <param name="Options">Two to one hundred.</param>
    /// <param name="Initial">The value of the option that stands there at first.</param>
    /// <param name="MayBeLeftOut">Whoever does not say, as scripts may, means what stands there at first; null where they have to.</param>
    public sealed record OneOf(string Id, string Label, ImmutableArray<Option> Options, string Initial, bool? MayBeLeftOut = null) : Field
    {
        public override string? Fault(string input) => (MayBeLeftOut == true && input.Length == 0) || Options.Any(option => option.Value == input)
            ? null
            : $"Choose one of {string.Join(", ", Options.Select(option => $"`{option.Value}`"))}.";
    }
}

/// <summary>Something to choose.</summary>
/// <param name="Value">What comes back; at most 75 characters.</param>
/// <param name="Label">What people read; at most 75 characters.</param>
public sealed record Option(string Value, string Label);
