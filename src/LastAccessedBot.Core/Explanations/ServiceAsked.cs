using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Explanations;

/// <summary>What somebody wants to know about one service of a subject. The answer explains: nothing follows from it.</summary>
public enum ServiceQuestion
{
    /// <summary>Why it has the service: <c>/unused why user NAME s3</c>.</summary>
    Why,

    /// <summary>Who behind it used the service: <c>/unused who group NAME s3</c>.</summary>
    Who,
}

/// <summary>A question about one service.</summary>
public sealed record ServiceAsked(ServiceQuestion Question, ServiceNamespace Service)
{
    /// <summary>As people type it.</summary>
    public static string Verb(ServiceQuestion question) => question == ServiceQuestion.Why ? "why" : "who";

    /// <summary>The line that asks it about a subject.</summary>
    /// <param name="subject">As typed: a name, or a kind and a name.</param>
    public string Command(string subject) => $"/unused {Verb(Question)} {subject} {Service}";

    /// <summary>The same, in the subject's account.</summary>
    public string Command(ReviewSubject subject) => Command(subject.Bare) + subject.Suffix;
}
