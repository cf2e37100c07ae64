using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Switchyard.Simulators;

/// <summary>What a shop has, written down, so that the next process goes on with the same orders, numbers and goods.</summary>
public sealed partial class Shop
{
    public JsonObject Written()
    {
        lock (Gate)
            return new JsonObject
            {
                ["no"] = _no, ["id"] = _id, ["listings"] = JsonSerializer.SerializeToNode(_listings, JsonSerializerOptions.Web), ["orders"] = JsonSerializer.SerializeToNode(_orders, WithListings(new Dictionary<long, SimListing>())),
            };
    }

    /// <summary>Goes on with what was written down; only for a shop in which nothing has happened yet. Nobody is told.</summary>
    public void GoOnWith(JsonObject written)
    {
        lock (Gate)
        {
            var listings = written["listings"].Deserialize<List<SimListing>>(JsonSerializerOptions.Web)!;
            var orders = written["orders"].Deserialize<List<SimOrder>>(WithListings(listings.ToDictionary(l => l.Id)))!;
            (_no, _id) = ((long)written["no"]!, (long)written["id"]!);
            _listings.AddRange(listings);
            _orders.AddRange(orders);
            foreach (var order in orders) _byKey[order.Key] = order;
        }
    }

    private static JsonSerializerOptions WithListings(IReadOnlyDictionary<long, SimListing> known) => new(JsonSerializerDefaults.Web) { Converters = { new ListingById(known) } };

    /// <summary>A line says which listing it is of by its id.</summary>
    private sealed class ListingById(IReadOnlyDictionary<long, SimListing> known) : JsonConverter<SimListing>
    {
        public override SimListing Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => known[reader.GetInt64()];

        public override void Write(Utf8JsonWriter writer, SimListing value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Id);
    }
}
