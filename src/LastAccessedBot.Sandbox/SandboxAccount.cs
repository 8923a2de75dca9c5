using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LastAccessedBot.Sandbox.Model;

namespace LastAccessedBot.Sandbox;

/// <summary>The simulated account: its state, one lock around it, and the file that it may be kept in.</summary>
public sealed class SandboxAccount
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private readonly Lock gate = new();
    private readonly AccountState state;
    private readonly TimeProvider time;

    private SandboxAccount(AccountState state, TimeProvider time)
    {
        state.Complete();
        state.Organization.Complete();
        this.state = state;
        this.time = time;
        LoadedAt = time.GetUtcNow();
    }

    /// <summary>The instant from which the scenario's ages count back.</summary>
    public DateTimeOffset LoadedAt { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    public IReadOnlyList<Person> People => state.People;

    /// <summary>When set, the file that the account is written to after every change.</summary>
    internal string? StateFile { get; init; }

    public static SandboxAccount Load(string scenarioJson, TimeProvider time) => new(Parse(scenarioJson), time);

    public static SandboxAccount Default(TimeProvider time) => Load(EmbeddedFile.Read("scenario.json"), time);

    /// <summary>The account as the file has it; as the scenario has it while there is no file yet.</summary>
    public static SandboxAccount Open(string stateFile, string? scenarioJson, TimeProvider time) =>
        new(Parse(File.Exists(stateFile) ? File.ReadAllText(stateFile) : scenarioJson ?? EmbeddedFile.Read("scenario.json")), time)
        {
            StateFile = stateFile,
        };

    internal static SandboxAccount Of(AccountState state, TimeProvider time) => new(state, time);

    public T Read<T>(Func<AccountState, T> read)
    {
        lock (gate)
            return read(state);
    }

    /// <summary>Runs a change; if it throws, it must have thrown before it touched anything.</summary>
    public T Change<T>(Func<AccountState, T> change)
    {
        lock (gate)
        {
            var result = change(state);
            Save();
            return result;
        }
    }

    /// <summary>
    /// Everything that a change of policies can touch, as one text: apply and undo must bring back the same text.
    /// Ids and version numbers are left out, because nothing brings those back.
    /// </summary>
    public string Snapshot() => Read(AccountSnapshot.Of);

    /// <summary>The same of a further account.</summary>
    public string Snapshot(string accountId) => Read(state => AccountSnapshot.Of(state.Of(accountId)));

    private static AccountState Parse(string json) => JsonSerializer.Deserialize<AccountState>(json, Json)
        ?? throw new InvalidDataException("The scenario is empty.");

    private void Save()
    {
        if (StateFile is null)
            return;
        var fresh = StateFile + ".new";
        File.WriteAllText(fresh, JsonSerializer.Serialize(state, Json));
        File.Move(fresh, StateFile, overwrite: true);
    }
}
