using System.Text.Json.Serialization;

namespace LastAccessedBot.Core.Trims;

/// <summary>What somebody wants to know about a subject. Each question has its own answer, its own card, and trims of its own kinds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Question>))]
public enum Question
{
    /// <summary>What of it is unused: <c>/unused NAME</c>.</summary>
    Unused,

    /// <summary>Whether it may be deleted: <c>/unused delete KIND NAME</c>.</summary>
    Delete,

    /// <summary>Which of its inline policies can become managed ones: <c>/unused convert KIND NAME</c>.</summary>
    Convert,

    /// <summary>Which permissions boundary caps a user or role at what it uses: <c>/unused cap KIND NAME</c>.</summary>
    Cap,

    /// <summary>Which members of a group use nothing of what it gives: <c>/unused members NAME</c>.</summary>
    Members,
}

/// <summary>The questions as people type them.</summary>
public static class Questions
{
    /// <summary>The word before the subject, with a space after it; empty where there is none.</summary>
    public static string Verb(this Question question) => question == Question.Unused ? "" : question.ToString().ToLowerInvariant() + " ";
}
