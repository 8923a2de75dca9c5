using System.Reflection;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.House;

/// <summary>Whoever looks into AWS says into which account.</summary>
public sealed class AccountDoorsTests
{
    private static readonly Type[] s_doors = [typeof(IAccountReader), typeof(IAccessReports), typeof(IAccountEditor), typeof(ITrailReader), typeof(IPolicyAnalyzer)];

    [Fact]
    public void Nobody_outside_of_the_room_Aws_holds_a_door_of_an_account() => Assert.Empty(Holders(typeof(IAccounts).Assembly.GetTypes()
        .Where(type => type != typeof(AccountDoors) && type.Namespace?.StartsWith("LastAccessedBot.Aws", StringComparison.Ordinal) == false)));

    [Fact]
    public void One_that_did_would_be_found() => Assert.Equal([nameof(Careless)], Holders([typeof(Careless)]));

    // What an async method has in hand while it waits is of one call.
    private static IEnumerable<string> Holders(IEnumerable<Type> types) => types
        .Where(type => !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)))
        .Where(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(constructor => constructor.GetParameters()).Any(parameter => s_doors.Contains(parameter.ParameterType))
            || type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Any(field => s_doors.Contains(field.FieldType)))
        .Select(type => type.Name);

    private sealed class Careless(IAccountReader account)
    {
        public override string ToString() => $"{account}";
    }
}
