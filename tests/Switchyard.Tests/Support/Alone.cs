namespace Switchyard.Tests;

/// <summary>
/// Tests that load the machine or look at the whole PostgreSQL cluster (transaction ids are shared by its databases): they run
/// by themselves, after all others.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
