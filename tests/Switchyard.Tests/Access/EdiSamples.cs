using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>Names and bodies of what is asked about EDI.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddEdi()
    {
        foreach (string path in new[] { "/edi/partners/{code}", "/edi/interchanges/{id}", "/edi/messages/{id}" }) Paths.Add(path, _ => null);
        Paths.Add("/file-drops/{code}", ids => ids.Role);
        Shared.Add("/edi/partners/{code}", "HARBOR");
        Shared.Add("/edi/interchanges/{id}", "edi_00000000000000000000000000000000");
        Shared.Add("/edi/messages/{id}", "edm_00000000000000000000000000000000");
        Counted.Add("edi.take", ["interchanges"]);
        Counted.Add("edi.writePartner", ["version"]);
        foreach (var (operation, body) in new Dictionary<string, Func<Ids, object>>
        {
            ["edi.writePartner"] = ids => new { name = "Harbor", channel = ids.Channel, ourQualifier = "ZZ", ourId = "SWITCHYARD", theirQualifier = "ZZ", theirId = "HARBOR" },
            ["files.writeDrop"] = _ => new { kind = "products" },
            ["edi.take"] = _ => new { content = "ISA*00*          *00*          *ZZ*NOBODY         *ZZ*SWITCHYARD     *260302*0930*U*00401*000000001*0*P*>~IEA*0*000000001~" },
            ["edi.fetched"] = _ => new { ids = new[] { "edi_00000000000000000000000000000000" } },
        }) Bodies.Add(operation, body);
    }
}
