namespace Switchyard;

public static class Program
{
    public static Task<int> Main(string[] args) => Cli.LocalRunner.Start(args);
}
