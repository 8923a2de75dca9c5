using System.Collections.Concurrent;
using System.Text.Json;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Sandbox.Evaluation;

namespace LastAccessedBot.Core.Tests.Policies;

/// <summary>What holds for every narrowing, over generated policies and judged by an evaluator that shares no code with the core.</summary>
public sealed class NarrowingProperties
{
    private const int Policies = 100_000;

    private static readonly string[] s_expectedRefusals = ["excludes with `NotAction` a part of"];

    [Fact]
    public void No_narrowing_is_broader_or_breaks_what_is_kept()
    {
        var wrong = new ConcurrentBag<string>();
        var outcomes = new ConcurrentDictionary<string, int>();
        Parallel.For(0, Policies, seed =>
        {
            var generated = GeneratedPolicy.From(seed);
            var narrowed = Narrow(generated);
            outcomes.AddOrUpdate(narrowed.GetType().Name, 1, (_, count) => count + 1);
            var problem = narrowed switch
            {
                Narrowed.Trimmed trimmed => Compare(generated, trimmed.Document.Text) ?? NotIdempotent(generated, trimmed.Document.Text),
                Narrowed.Unchanged => Compare(generated, generated.Document),
                Narrowed.NothingLeft => Compare(generated, null),
                Narrowed.Refused { Why.Message: var why } => s_expectedRefusals.Any(expected => why.Contains(expected, StringComparison.Ordinal)) ? null : why,
                _ => "a case that nobody knows",
            };
            if (problem is not null) wrong.Add($"seed {seed}: {problem}\n  keep {JsonSerializer.Serialize(generated.Keep)} {JsonSerializer.Serialize(generated.KeepActions)} protect {string.Join(',', generated.ProtectedSids)}\n  {generated.Document}\n  {(narrowed as Narrowed.Trimmed)?.Document.Text}");
        });
        Assert.True(wrong.IsEmpty, string.Join("\n\n", wrong.Take(3)));
        // The generator reaches every outcome, and mostly the interesting one.
        Assert.True(outcomes["Trimmed"] > Policies / 2 && outcomes["Refused"] > 1000 && outcomes["NothingLeft"] > 1000 && outcomes["Unchanged"] > 1000, string.Join(' ', outcomes));
    }

    [Fact]
    public void Cutting_actions_out_of_services_leaves_all_others_and_takes_none_but_those()
    {
        var wrong = new ConcurrentBag<string>();
        var trimmedOnes = 0;
        Parallel.For(0, Policies / 10, seed =>
        {
            var generated = GeneratedPolicy.From(seed);
            var random = new Random(seed);
            // Half of what is listed goes, of half of the services that are kept.
            ServiceCut[] cuts = [.. generated.Keep.Where(service => service != "unheardof" && random.Next(2) == 0).Select(service =>
            {
                var listed = GeneratedPolicy.Probes.Where(probe => probe.Service == service && probe.Name != "AnythingNew").Select(probe => probe.Name).ToLookup(_ => random.Next(2) == 0);
                return new ServiceCut(Policy.Service(service), [.. listed[true]], [.. listed[false]]);
            })];
            var keep = Keep.Of(generated.Keep.Select(Policy.Service), [.. cuts]);
            if (Policy.Narrow(generated.Document, keep, [.. generated.ProtectedSids]) is not Narrowed.Trimmed trimmed) return;
            Interlocked.Increment(ref trimmedOnes);
            var (before, now, guarded) = (Document.Parse(generated.Document), Document.Parse(trimmed.Document.Text), Protected(generated));
            foreach (var (service, name) in GeneratedPolicy.Probes)
            {
                var action = $"{service}:{name}";
                var (old, left) = (Scopes(before, action, isAllow: true), Scopes(now, action, isAllow: true));
                var cut = cuts.FirstOrDefault(cut => cut.Service.Value == service);
                if (!left.IsSubsetOf(old)) wrong.Add($"seed {seed}: broader: {action}");
                if (cut?.Goes.Contains(name) == true && !left.IsSubsetOf(guarded)) wrong.Add($"seed {seed}: left: {action} in {trimmed.Document.Text}");
                if (generated.Keep.Contains(service) && (cut is null || cut.Stays.Contains(name)) && !old.IsSubsetOf(left)) wrong.Add($"seed {seed}: broken: {action} of {generated.Document} in {trimmed.Document.Text}");
                if (!Scopes(before, action, isAllow: false).SetEquals(Scopes(now, action, isAllow: false))) wrong.Add($"seed {seed}: a Deny of {action} moved");
            }
            if (Policy.Narrow(trimmed.Document.Text, keep, [.. generated.ProtectedSids]) is not Narrowed.Unchanged) wrong.Add($"seed {seed}: again, it changes again: {trimmed.Document.Text}");
        });
        Assert.True(wrong.IsEmpty, $"{wrong.Count}\n{string.Join("\n", wrong.Order().Take(5))}");
        Assert.True(trimmedOnes > Policies / 20, $"{trimmedOnes}");
    }

    [Fact]
    public void Reading_and_laying_out_keeps_a_document_equal()
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var document = Policy.Read(GeneratedPolicy.From(seed).Document);
            Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(document.Text).RootElement, JsonDocument.Parse(document.Pretty()).RootElement), document.Text);
            Assert.Equal(document.Text, Policy.Read(document.Text).Text);
        }
    }

    [Fact]
    public void A_service_is_granted_when_the_evaluator_finds_an_action_of_it()
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var text = GeneratedPolicy.From(seed).Document;
            var (document, judge) = (Policy.Read(text), Document.Parse(text));
            foreach (var service in GeneratedPolicy.Probes.Select(probe => probe.Service).Distinct())
            {
                var found = judge.Statements.Any(statement => statement.IsAllow && statement.SamplesOf(service).Any(statement.NamesAction));
                if (found) Assert.True(document.Grants(Policy.Service(service)), $"seed {seed}: {service} in {text}");
            }
        }
    }

    private static Narrowed Narrow(GeneratedPolicy generated, string? document = null) => Policy.Narrow(
        document ?? generated.Document, ((Parsed<Keep>.Ok)Keep.Parse(generated.Keep, generated.KeepActions)).Value, [.. generated.ProtectedSids]);

    // Nothing may be allowed that was not; what is kept must be allowed as before; the rest must be gone, but for protected statements.
    private static string? Compare(GeneratedPolicy generated, string? after)
    {
        var (before, now) = (Document.Parse(generated.Document), after is null ? null : Document.Parse(after));
        var guarded = Protected(generated);
        foreach (var (service, name) in GeneratedPolicy.Probes)
        {
            var action = $"{service}:{name}";
            var old = Scopes(before, action, isAllow: true);
            var left = now is null ? [] : Scopes(now, action, isAllow: true);
            if (!left.IsSubsetOf(old)) return $"broader: {action} is allowed where it was not";
            if (generated.Kept is { } kept && kept.NamesAction(action) && !old.IsSubsetOf(left)) return $"broken: {action} is kept and no longer allowed";
            if (!generated.Keep.Contains(service) && !left.IsSubsetOf(guarded)) return $"left: {action} is not kept and still allowed";
            if (now is not null && !Scopes(before, action, isAllow: false).SetEquals(Scopes(now, action, isAllow: false))) return $"a Deny of {action} moved";
        }
        return null;
    }

    private static string? NotIdempotent(GeneratedPolicy generated, string after) =>
        Narrow(generated, after) is Narrowed.Unchanged ? null : "narrowing what was narrowed changed it again";

    private static HashSet<string> Scopes(Document document, string action, bool isAllow) =>
        [.. document.Statements.Where(statement => statement.IsAllow == isAllow && statement.NamesAction(action)).Select(statement => statement.Scope)];

    private static HashSet<string> Protected(GeneratedPolicy generated)
    {
        var statements = JsonDocument.Parse(generated.Document).RootElement.GetProperty("Statement");
        var judged = Document.Parse(generated.Document).Statements;
        var all = statements.ValueKind == JsonValueKind.Array ? statements.EnumerateArray().ToArray() : [statements];
        return [.. all.Zip(judged).Where(pair => pair.First.TryGetProperty("Sid", out var sid) && generated.ProtectedSids.Any(one =>
            one.EndsWith('*') ? sid.GetString()!.StartsWith(one[..^1], StringComparison.Ordinal) : sid.GetString() == one)).Select(pair => pair.Second.Scope)];
    }
}
