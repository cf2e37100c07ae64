using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>Names and bodies of what is asked about support desks.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddSupport()
    {
        Paths.Add("/support-desks/{code}", ids => ids.Role);
        foreach (string path in new[] { "/support-desks/{code}/troubles/{exception}", "/desk-calls/{desk}" }) Paths.Add(path, _ => null);
        Queries.Add("orderNumber", _ => "UK-1001");
        Shared.Add("/support-desks/{code}/troubles/{exception}", "999999");
        Shared.Add("/desk-calls/{desk}", "dsk_00000000000000000000000000000000");
        Counted.Add("support.write", ["version", "callUrl"]);
        Counted.Add("support.renewSecret", ["secret"]);
        foreach (var (operation, body) in new Dictionary<string, Func<Ids, object>>
        {
            ["support.write"] = _ => new
            {
                adapter = "zendesk", baseUrl = "https://care.example.com", settings = new { email = "desk@example.com" },
                secrets = new { apiToken = "tok_sample" }
            },
            ["support.test"] = _ => new { }, ["support.renewSecret"] = _ => new { }, ["support.retryTicket"] = _ => new { },
            ["support.sidebar"] = _ => new { order = "UK-1001" },
            ["support.runMacro"] = _ => new { key = "ticket-1-cancel", macro = "cancel", order = "UK-1001", reason = "Changed mind" },
        }) Bodies.Add(operation, body);
    }
}
