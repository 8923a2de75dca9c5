using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.SecondOpinions;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>Settings <c>Aws:AccessAnalyzer</c>: what IAM Access Analyzer is asked before a document is written.</summary>
public sealed class SecondOpinionOptions
{
    public const string Section = "Aws:AccessAnalyzer";

    /// <summary>Whether the document is in order.</summary>
    public bool ValidatePolicy { get; set; }

    /// <summary>Whether it allows anything that the one before it did not. AWS charges for every such call, and compares no service control policies.</summary>
    public bool CheckNoNewAccess { get; set; }
}

/// <summary>What the second opinion came to.</summary>
/// <param name="Against">Why the documents are not written; null when nothing speaks against it.</param>
/// <param name="Noted">What was said about it all the same, as sentences; null where nobody was asked.</param>
public sealed record SecondOpinion(Refusal? Against, string? Noted);

/// <summary>
/// Asks for a second opinion on every document that a trim writes, where the settings say so. One that was asked for and not given is not
/// a yes: it stops the trim as a no does.
/// </summary>
public sealed class SecondOpinions(IAccounts accounts, IOptionsMonitor<SecondOpinionOptions> options)
{
    private const string Validate = $"{SecondOpinionOptions.Section}:{nameof(SecondOpinionOptions.ValidatePolicy)}", Compare = $"{SecondOpinionOptions.Section}:{nameof(SecondOpinionOptions.CheckNoNewAccess)}";
    private const int MostFindings = 5;

    /// <summary>Stands for no document at all: it allows nothing.</summary>
    private const string Nothing = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""";

    /// <param name="account">Where the documents are written.</param>
    public async Task<SecondOpinion> OnAsync(AccountRef? account, IReadOnlyCollection<AccountEdit> edits, CancellationToken cancellation)
    {
        var asked = options.CurrentValue;
        if (!asked.ValidatePolicy && !asked.CheckNoNewAccess) return new SecondOpinion(null, null);
        var doors = accounts.Of(account);
        var now = new Dictionary<EditSubject, SubjectState>();
        foreach (var subject in DocumentWrite.Reads(edits)) now[subject] = await doors.Editor.ReadAsync(subject, cancellation);
        var writes = DocumentWrite.Of(edits, now);
        if (writes.IsEmpty) return new SecondOpinion(null, null);
        var noted = new List<PolicyFinding>();
        var compares = asked.CheckNoNewAccess && writes.Any(write => write.Gives);
        foreach (var write in writes)
        {
            if (asked.ValidatePolicy && await AgainstValidAsync(doors.Analyzer, write, noted, cancellation) is { } invalid) return new SecondOpinion(invalid, null);
            if (asked.CheckNoNewAccess && write.Gives && await AgainstMoreAsync(doors.Analyzer, write, cancellation) is { } more) return new SecondOpinion(more, null);
        }
        string[] said = [.. asked.ValidatePolicy ? [nameof(asked.ValidatePolicy)] : Array.Empty<string>(), .. compares ? [nameof(asked.CheckNoNewAccess)] : Array.Empty<string>()];
        return new SecondOpinion(null, Words(said, noted, asked.CheckNoNewAccess && writes.Any(write => write.Type == DocumentType.ServiceControl)));
    }

    /// <param name="said">The operations that gave an opinion.</param>
    /// <param name="isLeftOut">There was a document that cannot be compared.</param>
    private static string? Words(string[] said, IReadOnlyCollection<PolicyFinding> noted, bool isLeftOut)
    {
        var by = string.Join(" and ", said.Select(operation => $"`{operation}`"));
        var words = said.Length == 0 ? "" : noted.Count == 0 ? $"IAM Access Analyzer had nothing against it, by {by}." : $"IAM Access Analyzer noted, by {by}: {Listed(noted)}.";
        if (isLeftOut) words = $"{words} `{nameof(SecondOpinionOptions.CheckNoNewAccess)}` was not asked: it takes no service control policies.".TrimStart();
        return words.Length == 0 ? null : words;
    }

    private static async Task<Refusal?> AgainstValidAsync(IPolicyAnalyzer analyzer, DocumentWrite write, List<PolicyFinding> noted, CancellationToken cancellation)
    {
        try
        {
            var after = await analyzer.ValidateAsync(write.After, write.Type, cancellation);
            var before = after.IsEmpty || write.Before is null ? [] : await analyzer.ValidateAsync(write.Before, write.Type, cancellation);
            var found = PolicyFinding.New(before, after);
            noted.AddRange(found.Where(finding => !finding.Stops));
            PolicyFinding[] stops = [.. found.Where(finding => finding.Stops)];
            return stops.Length == 0 ? null : Against($"IAM Access Analyzer speaks against the new `{write.Name}`: {Listed(stops)}", Validate);
        }
        catch (AwsRefusedException refused)
        {
            return NotGiven(write, AwsWords.Of(refused).Message, Validate);
        }
        catch (AwsUnreachableException unreachable)
        {
            return NotGiven(write, unreachable.Message, Validate);
        }
    }

    private static async Task<Refusal?> AgainstMoreAsync(IPolicyAnalyzer analyzer, DocumentWrite write, CancellationToken cancellation)
    {
        try
        {
            var compared = await analyzer.CompareAsync(write.Before ?? Nothing, write.After, cancellation);
            var words = compared.Message.Length == 0 ? "" : $": {compared.Message.Replace('`', '\'').TrimEnd('.')}";
            return compared.AllowsMore ? Against($"IAM Access Analyzer says that the new `{write.Name}` allows more than what stands there now{words}", Compare) : null;
        }
        catch (AwsRefusedException refused)
        {
            return NotGiven(write, AwsWords.Of(refused).Message, Compare);
        }
        catch (AwsUnreachableException unreachable)
        {
            return NotGiven(write, unreachable.Message, Compare);
        }
    }

    private static Refusal Against(string why, string setting) => new($"{why}. Nothing was changed", $"the setting `{setting}` asks before a document is written");

    private static Refusal NotGiven(DocumentWrite write, string why, string setting) =>
        new($"The setting `{setting}` asks IAM Access Analyzer about the new `{write.Name}`, and it gave no answer: {why.TrimEnd('.')}. Nothing was changed", "approve again once it answers, or switch the setting off");

    private static string Listed(IReadOnlyCollection<PolicyFinding> findings) =>
        string.Join("; ", findings.OrderBy(finding => finding.Grade).Take(MostFindings).Select(finding => finding.Words)) + (findings.Count > MostFindings ? $"; and {findings.Count - MostFindings} more" : "");
}
