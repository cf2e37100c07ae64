namespace Switchyard.Jobs;

// door: Job, JobId, JobKind, JobTurn, JobStep, JobRow, JobRowState, JobCounts, JobView, JobFault, JobErrors, JobRefusedException
// door: JobRights, NewJob, StartJob, JobFiles, JobReader, ReadJob, ChangeJob, JobRetention

/// <summary>The door of Jobs: a room makes a <see cref="JobKind"/> and starts jobs of it with <see cref="StartJob"/>.</summary>
public static class JobsRoom
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton(JobRetention.FromEnvironment())
        .AddSingleton(JobsSql.Queued).AddSingleton(JobsSql.Working).AddSingleton(JobsSql.Oldest)
        .AddHostedService<RunJobs>()
        .AddSingleton<SweepJobs>().AddHostedService(provider => provider.GetRequiredService<SweepJobs>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        ListJobs.Map(routes);
        ChangeJob.Map(routes);
        JobFiles.Map(routes);
    }
}
