using LastAccessedBot.Flows;

namespace LastAccessedBot.Commands;

public static class CommandServices
{
    public static IServiceCollection AddCommands(this IServiceCollection services) => services
        .AddSingleton<IReceiveChat, ReceiveChat>()
        .AddSingleton<ShowHistory>();
}
