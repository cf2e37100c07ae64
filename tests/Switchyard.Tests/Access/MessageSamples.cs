using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>Names and bodies of messages, their accounts and templates, and tracking links.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddMessages()
    {
        foreach (var (path, shared) in new Dictionary<string, string>
        {
            ["/messages/{id}"] = "msg_00000000000000000000000000000000", ["/message-accounts/{medium}"] = "mail", ["/message-templates/{kind}"] = "shipped",
        })
        {
            Paths.Add(path, _ => null);
            Shared.Add(path, shared);
        }
        foreach (var (operation, body) in new Dictionary<string, Func<Ids, object>>
        {
            ["messages.writeAccount"] = _ => new { messenger = "keep" }, ["messages.testAccount"] = _ => new { to = "somebody@example.test" }, ["messages.writeSettings"] = _ => new { linkDays = 90 },
            ["messages.writeTemplate"] = _ => new { note = "test" }, ["messages.restoreTemplate"] = _ => new { version = 0 }, ["messages.previewTemplate"] = _ => new { language = "de" },
            ["messages.send"] = _ => new { kind = "confirmation" }, ["messages.rotateKey"] = _ => new { retireAfterDays = 30 },
        }) Bodies.Add(operation, body);
    }
}
