namespace Switchyard.Erp;

/// <summary>Which kinds of things are exchanged with an ERP, and which side may own each: the owner writes, the other side reads.</summary>
public static class ErpFlows
{
    public const string Ours = "ours", Theirs = "theirs", Off = "off";

    /// <summary>Each kind with the owners it may have, and the owner it has where nobody says.</summary>
    public static readonly IReadOnlyDictionary<string, (string[] Owners, string Usual)> All = new Dictionary<string, (string[], string)>
    {
        ["items"] = ([Theirs, Off], Theirs),
        ["stock"] = ([Ours, Theirs, Off], Off),
        ["orders"] = ([Ours, Off], Ours),
        ["shipments"] = ([Ours, Off], Ours),
        ["money"] = ([Ours, Off], Ours),
        ["purchases"] = ([Ours, Theirs, Off], Theirs),
        ["receipts"] = ([Ours, Theirs, Off], Ours),
    };

    public static string Owner(IReadOnlyDictionary<string, string> flows, string kind) => flows.GetValueOrDefault(kind) ?? All[kind].Usual;

    /// <summary>The flow that a task of this kind belongs to.</summary>
    public static string OfTask(string kind) => kind switch
    {
        "order" or "change" => "orders",
        "shipment" => "shipments",
        "sale" or "refund" => "money",
        "purchase" => "purchases",
        "receipt" => "receipts",
        _ => "stock",
    };
}
