using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>Bodies of delivery charges, collections and contacts.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddFigures()
    {
        Queries.Add("pickup", _ => "2929602E9CP");
        Bodies.Add("channels.writeDeliveryCharges", _ => new { charges = new[] { new { method = "standard", currency = "GBP", chargeMinor = 395, freeFromMinor = 5_000 } } });
        Bodies.Add("orders.contact", _ => new { kind = "whereIsIt", medium = "phone" });
        Bodies.Add("orders.tellContact", ids => new { order = ids.Order, kind = "whereIsIt" });
    }
}
