using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

public static class FlowServices
{
    public static IServiceCollection AddFlows(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GuardOptions>().Bind(configuration.GetSection(GuardOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GuardOptions>, GuardOptionsCheck>();
        services.AddOptions<ApprovalOptions>().Bind(configuration.GetSection(ApprovalOptions.Section))
            .Validate(options => options.ExpireAfter > TimeSpan.Zero, "Approvals:ExpireAfter must be longer than nothing, like `7.00:00:00`.").ValidateOnStart();
        services.AddOptions<SweepOptions>().Bind(configuration.GetSection(SweepOptions.Section))
            .Validate(options => options.ParallelReports is >= 1 and <= 200, "Sweep:ParallelReports is a number from 1 to 200.").ValidateOnStart();
        services.AddOptions<SecondOpinionOptions>().Bind(configuration.GetSection(SecondOpinionOptions.Section)).ValidateOnStart();
        services.AddOptions<ActionOptions>().Bind(configuration.GetSection(ActionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ActionOptions>, ActionOptionsCheck>();
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptionsCheck>();
        services.AddOptions<DigestOptions>().Bind(configuration.GetSection(DigestOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DigestOptions>, DigestOptionsCheck>();
        return services
            .AddSingleton<Subscribe>()
            .AddSingleton<GatherDigest>()
            .AddSingleton<ShowDigest>()
            .AddSingleton<SendDigests>()
            .AddSingleton<ActionList>()
            .AddSingleton<ChatSurfaces>()
            .AddSingleton<AuthorityOf>()
            .AddSingleton<FindSubject>()
            .AddSingleton<GatherMembers>()
            .AddSingleton<GatherFacts>()
            .AddSingleton<RankPolicies>()
            .AddSingleton<FollowUps>()
            .AddSingleton<Reconcile>()
            .AddSingleton<StoreAnswer>()
            .AddSingleton<ShowReview>()
            .AddSingleton<CardFor>()
            .AddSingleton<DrawHome>()
            .AddSingleton<Homes>()
            .AddHostedService(provider => provider.GetRequiredService<Homes>())
            .AddSingleton<ExplainService>()
            .AddSingleton<ReadReports>()
            .AddSingleton<LinkReport>()
            .AddSingleton<ReviewAccess>()
            .AddSingleton<ApproveTogether>()
            .AddSingleton<ReceiveClick>()
            .AddSingleton<CarryOut>()
            .AddSingleton<RefreshReview>()
            .AddSingleton<SecondOpinions>()
            .AddSingleton<ApplyTrim>()
            .AddSingleton<UndoTrim>()
            .AddSingleton<IPeople, NamesOfPeople>()
            .AddSingleton<Deliver>()
            .AddSingleton<KeepRecord>()
            .AddSingleton<Sweep>();
    }

    private sealed class ActionOptionsCheck : IValidateOptions<ActionOptions>
    {
        public ValidateOptionsResult Validate(string? name, ActionOptions options) =>
            options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }

    private sealed class AuditOptionsCheck : IValidateOptions<AuditOptions>
    {
        public ValidateOptionsResult Validate(string? name, AuditOptions options) =>
            options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }

    private sealed class GuardOptionsCheck : IValidateOptions<GuardOptions>
    {
        public ValidateOptionsResult Validate(string? name, GuardOptions options) =>
            options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
