using Switchyard.Database;

namespace Switchyard;

public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var settings = DatabaseSettings.Parse(Environment.GetEnvironmentVariable("SWITCHYARD_DATABASE"));
        await using var app = await ServerHost.Build(settings, args);
        await app.RunAsync();
        return 0;
    }
}
