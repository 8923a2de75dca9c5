namespace LastAccessedBot.Core;

/// <summary>What reading a text gave: a value that is valid, or the reason why there is none. Reading never throws.</summary>
public abstract record Parsed<T>
{
    private Parsed() { }

    public sealed record Ok(T Value) : Parsed<T>;

    public sealed record Bad(Refusal Why) : Parsed<T>;
}
