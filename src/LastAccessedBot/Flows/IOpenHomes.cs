namespace LastAccessedBot.Flows;

/// <summary>A Home that somebody opened.</summary>
/// <param name="Page">Which page of it they look at, from 1.</param>
public sealed record OpenHome(Person By, int Page, DateTimeOffset At);

/// <summary>Who opened their Home lately.</summary>
public interface IOpenHomes
{
    /// <summary>Notes the opening in the place of an earlier one.</summary>
    Task OpenedAsync(OpenHome home, CancellationToken cancellation);

    Task<OpenHome?> FindAsync(Person person, CancellationToken cancellation);

    /// <summary>Those opened at the moment or later, the latest first; at most <paramref name="most"/>.</summary>
    Task<IReadOnlyList<OpenHome>> SinceAsync(DateTimeOffset moment, int most, CancellationToken cancellation);

    Task ForgetAsync(DateTimeOffset before, CancellationToken cancellation);
}
