namespace Switchyard.Cli;

/// <summary>How a command ends. Scripts rely on these four.</summary>
public static class ExitCode
{
    /// <summary>Done, and nothing is wrong.</summary>
    public const int Ok = 0;

    /// <summary>It ran, and found faults or was refused.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>It could not run: no database, no such file, the port is taken.</summary>
    public const int CannotRun = 3;
}
