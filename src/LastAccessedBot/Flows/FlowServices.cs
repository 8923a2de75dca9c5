using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

public static class FlowServices
{
    public static IServiceCollection AddFlows(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GuardOptions>().Bind(configuration.GetSection(GuardOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GuardOptions>>(new Check<GuardOptions>(options => options.Problem()));
        services.AddOptions<ApprovalOptions>().Bind(configuration.GetSection(ApprovalOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApprovalOptions>>(new Check<ApprovalOptions>(options => options.Problem()));
        services.AddOptions<SweepOptions>().Bind(configuration.GetSection(SweepOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SweepOptions>>(new Check<SweepOptions>(options => options.Problem()));
        services.AddOptions<SecondOpinionOptions>().Bind(configuration.GetSection(SecondOpinionOptions.Section)).ValidateOnStart();
        services.AddOptions<ActionOptions>().Bind(configuration.GetSection(ActionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ActionOptions>>(new Check<ActionOptions>(options => options.Problem()));
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuditOptions>>(new Check<AuditOptions>(options => options.Problem()));
        services.AddOptions<DigestOptions>().Bind(configuration.GetSection(DigestOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DigestOptions>>(new Check<DigestOptions>(options => options.Problem()));
        services.AddOptions<WatchOptions>().Bind(configuration.GetSection(WatchOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WatchOptions>>(new Check<WatchOptions>(options => options.Problem()));
        return services
            .AddSingleton<Subscribe>()
            .AddSingleton<NameOwners>()
            .AddSingleton<KeepTargets>()
            .AddSingleton<NoteOwners>()
            .AddSingleton<RemindOwners>()
            .AddSingleton<GatherDigest>()
            .AddSingleton<GatherSwept>()
            .AddSingleton<ShowDigest>()
            .AddSingleton<SendDigests>()
            .AddSingleton<ShowAlerts>()
            .AddSingleton<WatchTrims>()
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
            .AddSingleton<Examine>()
            .AddSingleton<ICheckup, ReferencesCheckup>()
            .AddSingleton<ListTargets>()
            .AddSingleton<JudgeTarget>()
            .AddSingleton<LookAtTargets>()
            .AddSingleton<ShowSweep>()
            .AddSingleton<StartSweep>()
            .AddSingleton<SweepAccount>()
            .AddSingleton<Upkeep>();
    }

    /// <summary>Settings that say themselves why they cannot be used stop the start with that.</summary>
    private sealed class Check<TOptions>(Func<TOptions, string?> problem) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) => problem(options) is { } said ? ValidateOptionsResult.Fail(said) : ValidateOptionsResult.Success;
    }
}
