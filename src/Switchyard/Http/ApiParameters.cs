using Microsoft.OpenApi;

namespace Switchyard.Http;

/// <summary>Parameters that mean the same everywhere are described once and referred to; every other one has its sentence here too.</summary>
public static class ApiParameters
{
    private static readonly Dictionary<string, (string In, string Description, JsonSchemaType Type, string Example)> Shared = new()
    {
        ["limit"] = ("query", $"The most entries of the page, 1 to {Kernel.Cursor.MostLimit}.", JsonSchemaType.Integer, "50"),
        ["after"] = ("query", "The cursor of the page before, its `next`. Opaque: keep it, do not read it. Left out, the list begins.", JsonSchemaType.String, "MTA0ODI"),
        ["before"] = ("query", "The cursor of the page after, its `previous`: the list is read backwards.", JsonSchemaType.String, "MTA0ODI"),
        ["query"] = ("query", "Words to find, in lists that are searched also `field:value` with `AND`, `OR`, `NOT`, brackets, `>` and `*`: docs/api/search.md.", JsonSchemaType.String, "status:confirmed leeds"),
        ["sort"] = ("query", "The field to sort by, with `-` before it the greatest first. The list's own order when left out.", JsonSchemaType.String, "-placedAt"),
        ["fields"] = ("query", "Only these members of each entry, with commas between.", JsonSchemaType.String, "id,number,status"),
        ["expand"] = ("query", "Members that are only sent on request, with commas between.", JsonSchemaType.String, "plan"),
        ["Idempotency-Key"] = ("header", "A text of your own, at most 255 characters. The same request under the same key is answered with the first answer (`Idempotency-Replayed: true`) and nothing is done twice; another body under it is refused with 422.", JsonSchemaType.String, "order-10482-1"),
        ["If-Match"] = ("header", "The version you read, as ETag sent it: the change is refused with 412 when somebody else has made one meanwhile.", JsonSchemaType.String, "\"7\""),
    };

    private static readonly Dictionary<string, string> Words = new()
    {
        ["id"] = "The id, as answers give it.", ["sku"] = "The stock keeping unit; upper and lower case are the same.", ["node"] = "The code of a node: warehouse, store, 3PL, supplier.",
        ["code"] = "The code, as it was given when it was made.", ["token"] = "The token of the cart, as it was told when it was made.", ["open"] = "Only shifts that are open, or only closed ones.", ["medium"] = "How messages go: mail.", ["barcode"] = "A GTIN of 8, 12, 13 or 14 digits, or another code of the product.", ["state"] = "Only those in this state.",
        ["kind"] = "Only those of this kind.", ["order"] = "Only those of this order, by its id.", ["owner"] = "Only those that this user, role or queue deals with.", ["actor"] = "Only what this one did: user:…, key:…, cli.",
        ["count"] = "Also count what is found: exact up to 10,000.", ["counts"] = "Also count what each view finds.", ["low"] = "Only what is at or below its safety stock.", ["at"] = "As it was at this instant.",
        ["aggregate"] = "Only what happened to this one, by its id.", ["aggregateKind"] = "Only what happened to things of this kind: order, product, …", ["list"] = "The list that is searched: orders, customers, products or stock.",
        ["from"] = "From this day on, yyyy-MM-dd.", ["to"] = "Up to and with this day, yyyy-MM-dd.", ["dryRun"] = "Only look what would become of it; nothing is written.", ["channel"] = "The code of a channel.",
        ["currency"] = "An ISO 4217 code.", ["country"] = "A country of ISO 3166 in two letters, such as GB.", ["mapping"] = "What the columns of the file mean: the name of a mapping.", ["as"] = "Are the orders history, or still to be fulfilled: history or open.", ["name"] = "The name.",
        ["position"] = "The position on the log.", ["event"] = "The event's id, evt_….", ["number"] = "The number, counted from 1.", ["note"] = "The note's number.", ["strategy"] = "The code of a routing strategy.", ["request"] = "The wish's number.", ["run"] = "The number of the import.",
        ["scan"] = "What the scanner read: a reference, a number, a tote, a GTIN or a GS1 code.", ["lot"] = "The lot, as it was told at goods-in.", ["area"] = "Only bins of this zone of the warehouse.", ["zone"] = "The time zone by whose days is counted, for instance Europe/London.", ["days"] = "How many days: of a trend, how far it goes back; of a sheet, what services count that say none.", ["carrier"] = "What the carrier is called.", ["show"] = "Which levels: low, reorder, deficit, excess, …", ["unread"] = "Only those that were not read yet.",
        ["since"] = "Only what came after this one.", ["alt"] = "What the picture shows, for those who do not see it.", ["type"] = "The type of order: sales or wholesale.", ["receipt"] = "The receipt's id, rcp_….", ["entry"] = "The entry's id, blk_….", ["queue"] = "backorder, preorder, unfillable or pickupRejected.",
        ["together"] = "Of all merchants one works for here, on one cart.", ["entries"] = "Every entry that the lines are the sum of, instead of the lines.", ["newPrices"] = "What was approved before is priced by the tariff of today, not by the prices it was approved with.",
        ["externalId"] = "The channel's own id of the order.", ["connection"] = "The id of a connection, con_….", ["q"] = "Only what is called so: a number or an id, of listings also a part of the title, the SKU or the barcode.", ["listing"] = "The channel's own id of the listing.", ["key"] = "Our key of it, as lists show it.", ["error"] = "Why its owner did not let us in, in the channel's words.", ["challenge_code"] = "What the channel asks, to be answered the way it wants.",
        ["changedSince"] = "Only what changed since this instant, oldest change first.", ["simulator"] = "The name of a simulated vendor beside a demo, as the list gives it.",
        ["pickup"] = "The carrier's number of a collection.", ["package"] = "Only those of this package, by its id.", ["month"] = "A month, yyyy-MM.", ["merchant"] = "The code of a merchant of the house; one's own when left out. Only the house may ask for another.", ["activity"] = "Only this activity: order, pick, parcel, receivedUnit, palletDay, binDay.", ["tracking"] = "Only the one with this tracking number.", ["printer"] = "Only those of this printer, by its code.", ["version"] = "The number of a version; 0 is the one that comes with the program, or of a bill what it would be now.",
        ["stage"] = "Only counts at this stage: count, recount or approval.", ["assignee"] = "Only what this person is to do, by user name.", ["planned"] = "Only what a plan chose, or only the rest.", ["bin"] = "The bin's code, as it was written.",
        ["within"] = "Only lots whose last day comes in so many days, or is over.", ["minDays"] = "The minimum lasts for so many days.", ["maxDays"] = "The maximum lasts for so many days.",
        ["ahead"] = "So many tasks more are taken with it, 0 to 4: for a device that may be out of reach when the first is done.", ["postcode"] = "A postcode.", ["placedAt"] = "When the order would be placed; left out, now.",
        ["day"] = "A day, yyyy-MM-dd, by Universal Time; yesterday when left out.", ["flow"] = "What kind of thing it is: items, purchases or receipts.",
        ["partner"] = "Only those of this trading partner, by its code.", ["direction"] = "Only what came (in) or went (out).", ["trouble"] = "Only those with something a person must look at.",
        ["desk"] = "The id of a support desk, dsk_….", ["exception"] = "The number of a trouble.", ["email"] = "A buyer's mail address.", ["orderNumber"] = "The number of an order.",
        ["onShort"] = "As if it were placed so: refuse, hold or backorder what is short.", ["payment"] = "As if it were placed with this status of payment: pending, authorised, paid, terms.",
    };

    /// <summary>Describes the parameters of an operation, and adds the headers that go with its kind.</summary>
    public static void Describe(OpenApiOperation operation, HttpMethod method, string path, OpenApiDocument document)
    {
        var all = operation.Parameters ??= [];
        for (int i = 0; i < all.Count; i++)
            if (all[i] is OpenApiParameter { Name: { } name } parameter)
                if (parameter.In != ParameterLocation.Path && Shared.ContainsKey(name)) all[i] = new OpenApiParameterReference(name, document);
                else parameter.Description ??= Words.GetValueOrDefault(name);
        bool has412 = operation.Responses?.ContainsKey("412") ?? false;
        if (path.StartsWith("/api/v1/", StringComparison.Ordinal))
        {
            if (method == HttpMethod.Post && path != "/api/v1/session") all.Add(new OpenApiParameterReference("Idempotency-Key", document));
            if (has412) all.Add(new OpenApiParameterReference("If-Match", document));
        }
        if (all.Count == 0) operation.Parameters = null;
    }

    public static void AddTo(OpenApiDocument document)
    {
        document.Components!.Parameters = Shared.ToDictionary(s => s.Key, s => (IOpenApiParameter)new OpenApiParameter
        {
            Name = s.Key,
            In = s.Value.In == "query" ? ParameterLocation.Query : ParameterLocation.Header,
            Description = s.Value.Description,
            Schema = s.Value.Type == JsonSchemaType.Integer
                ? new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = Kernel.Text.Invariant(Kernel.Cursor.MostLimit), Default = Kernel.Cursor.DefaultLimit }
                : new OpenApiSchema { Type = JsonSchemaType.String },
            Example = s.Value.Type == JsonSchemaType.Integer ? 50 : s.Value.Example,
        });
    }
}
