using System.Text.Json.Nodes;

namespace Switchyard.Documents;

/// <summary>Made-up goods by which a template is tried and shown, the same for everybody.</summary>
internal static class SampleData
{
    private const string Json =
        """
        {
          "currency": "GBP", "today": "2026-11-22", "of": "340123456789012340", "sku": "KETTLE-17", "name": "Kettle, 1.7 litres, brushed steel", "barcode": "4006381333931", "barcodeKind": "ean", "bin": "A-01-2", "zone": "Ground floor",
          "sender": { "name": "Fenwick & Vale", "email": "hello@example.test", "phone": "0121 496 0000", "vatNumber": "GB000000000", "eoriNumber": "GB000000000000", "address": { "line1": "12 Cuckoo Wharf", "city": "Birmingham", "postcode": "B6 7SS", "country": "GB" } },
          "node": { "code": "BHM", "name": "Birmingham warehouse" },
          "from": { "name": "Birmingham warehouse", "line1": "12 Cuckoo Wharf", "city": "Birmingham", "postcode": "B6 7SS", "country": "GB" },
          "returnTo": { "name": "Returns", "line1": "12 Cuckoo Wharf", "city": "Birmingham", "postcode": "B6 7SS", "country": "GB" },
          "to": { "name": "Łucja Müller", "line1": "Königstraße 7", "line2": "Hinterhaus", "city": "Köln", "postcode": "50667", "country": "DE", "phone": "+49 221 000000" }, "billTo": null,
          "release": { "number": "10482-1", "shipBy": "2026-11-23T16:00:00Z", "mustStop": false },
          "order": { "number": "10482", "method": "standard", "placedOn": "2026-11-22T09:30:00Z", "giftMessage": "Happy birthday!\nFrom all of us", "pricesIncludeTax": true, "goodsMinor": 5990, "discountMinor": 500, "chargesMinor": 495, "taxMinor": 998, "totalMinor": 5985, "paidMinor": 5985, "dueMinor": 0,
            "lines": [ { "sku": "KETTLE-17", "name": "Kettle, 1.7 litres, brushed steel", "quantity": 1, "unitPriceMinor": 3990, "discountMinor": 500, "taxPercent": 20, "totalMinor": 3490 }, { "sku": "MUG-BLUE", "name": "Mug, blue", "quantity": 4, "unitPriceMinor": 500, "discountMinor": 0, "taxPercent": 20, "totalMinor": 2000 } ] },
          "lines": [ { "sku": "KETTLE-17", "name": "Kettle, 1.7 litres, brushed steel", "serials": "K17-004812", "quantity": 1, "toPick": 1, "details": [] }, { "sku": "MUG-BLUE", "name": "Mug, blue", "insteadOf": "Mug, green", "lots": "L2026-11 × 4", "quantity": 4, "toPick": 4, "details": [ { "name": "engraving", "value": "Ada" } ] } ],
          "stops": [ { "bin": "A-01-2", "sku": "KETTLE-17", "name": "Kettle, 1.7 litres, brushed steel", "quantity": 1, "release": "10482-1", "details": [] }, { "bin": "B-07-1", "sku": "MUG-BLUE", "name": "Mug, blue", "quantity": 4, "release": "10482-1", "details": [] } ],
          "releases": [ { "release": { "number": "10482-1", "shipBy": "2026-11-23T16:00:00Z" }, "order": { "number": "10482" } } ],
          "packages": [ { "number": 1, "of": 1, "carrier": "Parcel Post", "service": "48 hours", "tracking": "JD0146000001234567890", "sscc": "340123456789012340", "weightGrams": 2450 } ],
          "parcels": { "count": 1, "grams": 2450, "list": [ { "number": 1, "carrier": "Parcel Post", "service": "48 hours", "tracking": "JD0146000001234567890", "order": "10482", "postcode": "50667", "country": "DE", "weightGrams": 2450 } ] },
          "customs": { "currency": "GBP", "totalMinor": 5490, "chargesMinor": 495, "grossGrams": 2450, "isGift": false, "parcels": 1, "itemNumber": "JD0146000001234567890", "incoterm": "DAP", "signedBy": "A. Vale",
            "items": [ { "serials": "K17-004812", "sku": "KETTLE-17", "name": "Electric kettle of steel", "quantity": 1, "weightGrams": 1200, "hsCode": "85167970", "origin": "CN", "customsMinor": 3490, "unitCustomsMinor": 3490 }, { "sku": "MUG-BLUE", "name": "Porcelain mug", "quantity": 4, "weightGrams": 1250, "hsCode": "69111000", "origin": "PT", "customsMinor": 2000, "unitCustomsMinor": 500 } ] }
        }
        """;

    public static JsonObject Of(DocumentKind kind)
    {
        var data = (JsonObject)JsonNode.Parse(Json)!;
        if (kind.Of != "release") foreach (string name in new[] { "order", "release", "to" }) data.Remove(name);
        return data;
    }
}
