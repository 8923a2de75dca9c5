using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Reports;

/// <summary>What one answer found, in numbers of services; <paramref name="Granted"/> is the sum of the other three.</summary>
/// <param name="At">When the facts were read.</param>
public sealed record UsePoint(DateTimeOffset At, ReviewWindow Window, int Granted, int Used, int Unused, int Unknown)
{
    public static UsePoint Of(AccessReview answer) => new(
        answer.At, answer.Window, answer.Services.Length,
        answer.Services.Count(line => line.Verdict is Verdict.Used), answer.Services.Count(line => line.Verdict is Verdict.Unused), answer.Services.Count(line => line.Verdict is Verdict.Unknown));
}
