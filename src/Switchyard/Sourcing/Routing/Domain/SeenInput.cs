using System.Buffers.Binary;
using System.Text;

namespace Switchyard.Sourcing;

/// <summary>Why a decision cannot be made again. Part of the API: never renamed.</summary>
public static class SeenWords
{
    /// <summary>What it saw is here, and it can be made again.</summary>
    public const string Kept = "kept";

    /// <summary>It was made before decisions kept what they saw.</summary>
    public const string NotRecorded = "notRecorded";

    /// <summary>The nodes and prices it was made by are not known any more.</summary>
    public const string SettingsGone = "settingsGone";

    /// <summary>The order goes to another place now, or another way: where it went then is not kept a second time.</summary>
    public const string PlaceChanged = "placeChanged";

    /// <summary>It was made together with other orders, or for lines that go several ways.</summary>
    public const string Together = "together";
}

/// <summary>
/// What a decision saw, in few bytes: the lines, the stock of the nodes, and how nodes and lanes differed from the settings. Where it went is
/// not in it, only a mark of 16 bits by which one sees that the order goes elsewhere now. Pure.
/// </summary>
public static class SeenInput
{
    private const byte Form = 1;
    private const int StandardOptions = 1, HasFacts = 2, NoKnown = 4;
    private const int Absent = 1, Stocked = 2, Ready = 4, Pick = 8, Handling = 16, Lanes = 32, Opportunity = 64, Full = 128;

    /// <summary>A node as the settings have it, with its services to the place.</summary>
    public readonly record struct Known(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes);

    public static ushort MarkOf(long channel, string? method, string? country, string? postcode)
    {
        uint hash = 2_166_136_261;                                              // FNV-1a, folded to 16 bits
        foreach (char c in $"{channel}|{method}|{country}|{postcode}") hash = unchecked((hash ^ c) * 16_777_619);
        return unchecked((ushort)(hash ^ (hash >> 16)));
    }

    /// <param name="world">The hash of the settings.</param>
    /// <param name="known">Nodes that may serve it by the settings, in their order; null where they do not follow from the settings: then all of them is packed.</param>
    public static byte[] Pack(DecisionInput input, ReadOnlySpan<byte> world, ushort mark, IReadOnlyList<Known>? known)
    {
        using var bytes = new MemoryStream(96);
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        var (options, skus) = (input.Options, input.Skus);
        bool isStandard = options is { MaxShipments: 99, MayDivideLines: true, PromiseDays: null, FillFirst: true };
        to.Write(Form);
        to.Write(world);
        to.Write(mark);
        to.Write((byte)((isStandard ? StandardOptions : 0) | (input.Router is null ? 0 : HasFacts) | (known is null ? NoKnown : 0)));
        Number(to, options.SplitPenaltyMinor);
        Number(to, options.BudgetSteps);
        if (!isStandard)
        {
            Number(to, options.MaxShipments);
            to.Write((byte)((options.MayDivideLines ? 1 : 0) | (options.FillFirst ? 2 : 0)));
            Number(to, options.PromiseDays ?? -1);
        }
        Number(to, input.Demands.Count);
        foreach (var demand in input.Demands)
            foreach (long figure in (ReadOnlySpan<long>)[demand.Line, demand.SkuId, demand.Quantity, demand.WeightGrams, demand.UnfilledPenaltyMinor]) Number(to, figure);
        PackNodes(to, input, known ?? [], skus);
        if (input.Router is { } router) to.Write(SeenFacts.Write(router, input));
        to.Flush();
        return bytes.ToArray();
    }

    private static void PackNodes(BinaryWriter to, DecisionInput input, IReadOnlyList<Known> known, long[] skus)
    {
        var seen = input.Nodes.DistinctBy(n => n.NodeId).ToDictionary(n => n.NodeId);
        var noted = new List<(long Id, int Bits, SourcingNode? Node, Known? Base)>();
        foreach (var at in known)
        {
            var node = seen.GetValueOrDefault(at.Node.Id);
            int bits = node is null ? Absent : Differences(node, at, skus);
            if (bits != 0) noted.Add((at.Node.Id, bits, node, at));
        }
        foreach (var node in input.Nodes.Where(n => known.All(k => k.Node.Id != n.NodeId)))
            noted.Add((node.NodeId, Stocked | Ready | Pick | Handling | Lanes | (node.Opportunity is null ? 0 : Opportunity) | (node.IsFull ? Full : 0), node, null));
        Number(to, noted.Count);
        foreach (var (id, bits, node, at) in noted)
        {
            Number(to, id);
            to.Write((byte)bits);
            if (node is null) continue;
            if ((bits & Stocked) != 0) foreach (long sku in skus) Number(to, Math.Max(0, node.Available.GetValueOrDefault(sku)));
            if ((bits & Ready) != 0) Number(to, node.ReadyDay);
            if ((bits & Pick) != 0) Number(to, node.PickFixedMinor);
            if ((bits & Handling) != 0) Number(to, node.HandlingMinor);
            if ((bits & Lanes) != 0) PackLanes(to, node.Lanes, at?.Lanes ?? []);
            if ((bits & Opportunity) != 0) foreach (long sku in skus) Number(to, node.Opportunity!.GetValueOrDefault(sku));
        }
    }

    private static int Differences(SourcingNode node, Known at, long[] skus) =>
        (skus.Any(s => node.Available.GetValueOrDefault(s) > 0) ? Stocked : 0) | (node.ReadyDay == at.Node.LeadDays ? 0 : Ready)
        | (node.PickFixedMinor == at.Node.PickFixedMinor ? 0 : Pick) | (node.HandlingMinor == at.Node.HandlingMinor ? 0 : Handling)
        | (ReferenceEquals(node.Lanes, at.Lanes) || node.Lanes.SequenceEqual(at.Lanes) ? 0 : Lanes) | (node.Opportunity is null ? 0 : Opportunity) | (node.IsFull ? Full : 0);

    // A lane of the settings is told by its place there and how price and days differ, any other in full.
    private static void PackLanes(BinaryWriter to, IReadOnlyList<LaneOffer> lanes, IReadOnlyList<LaneOffer> known)
    {
        Number(to, lanes.Count);
        foreach (var lane in lanes)
        {
            int like = known.Index().FirstOrDefault(k => k.Item.Service == lane.Service && k.Item.PerKgMinor == lane.PerKgMinor && k.Item.MaxWeightGrams == lane.MaxWeightGrams, (-1, null!)).Item1;
            Number(to, like + 1);
            if (like >= 0)
            {
                Number(to, lane.BaseMinor - known[like].BaseMinor);
                Number(to, lane.TransitDays - known[like].TransitDays);
                continue;
            }
            to.Write(lane.Service);
            foreach (long figure in (ReadOnlySpan<long>)[lane.BaseMinor, lane.PerKgMinor, lane.MaxWeightGrams, lane.TransitDays]) Number(to, figure);
        }
    }

    /// <summary>By which settings it was made, and where to.</summary>
    public static (byte[] World, ushort Mark) Head(byte[] seen) => (seen[1..9], BinaryPrimitives.ReadUInt16LittleEndian(seen.AsSpan(9)));

    /// <param name="known">As when it was packed: nodes of those settings to the same place.</param>
    /// <param name="settings">Those settings; their strategies decide.</param>
    /// <param name="order">What else is known of the order: channel, place, type, SKUs by line.</param>
    public static DecisionInput Unpack(byte[] seen, IReadOnlyList<Known> known, MerchantSettings settings, RoutedOrder order)
    {
        using var from = new BinaryReader(new MemoryStream(seen), Encoding.UTF8);
        from.BaseStream.Position = 11;
        int flags = from.ReadByte();
        var options = new SourcingOptions(Number(from), BudgetSteps: Number(from));
        if ((flags & StandardOptions) == 0)
        {
            options = options with { MaxShipments = (int)Number(from) };
            int rules = from.ReadByte();
            int days = (int)Number(from);
            options = options with { MayDivideLines = (rules & 1) != 0, FillFirst = (rules & 2) != 0, PromiseDays = days < 0 ? null : days };
        }
        var demands = new Demand[Number(from)];
        for (int i = 0; i < demands.Length; i++) demands[i] = new Demand((int)Number(from), Number(from), Number(from), Number(from), Number(from));
        long[] skus = [.. demands.Select(d => d.SkuId).Distinct()];
        var nodes = UnpackNodes(from, (flags & NoKnown) == 0 ? known : [], skus);
        var router = (flags & HasFacts) == 0 ? null : SeenFacts.Read(from.ReadString(), settings, order, demands);
        return new DecisionInput(demands, nodes, options, router);
    }

    private static List<SourcingNode> UnpackNodes(BinaryReader from, IReadOnlyList<Known> known, long[] skus)
    {
        var byId = known.ToDictionary(k => k.Node.Id);
        var noted = new Dictionary<long, SourcingNode?>();
        var others = new List<SourcingNode>();
        for (long left = Number(from); left > 0; left--)
        {
            long id = Number(from);
            int bits = from.ReadByte();
            bool isKnown = byId.TryGetValue(id, out var at);
            var node = isKnown ? Plain(at) : new SourcingNode(id, 0, 0, 0, [], Nothing);
            if ((bits & Absent) != 0) { noted[id] = null; continue; }
            if ((bits & Stocked) != 0) node = node with { Available = Units(from, skus) };
            if ((bits & Ready) != 0) node = node with { ReadyDay = (int)Number(from) };
            if ((bits & Pick) != 0) node = node with { PickFixedMinor = Number(from) };
            if ((bits & Handling) != 0) node = node with { HandlingMinor = Number(from) };
            if ((bits & Lanes) != 0) node = node with { Lanes = UnpackLanes(from, isKnown ? at.Lanes : []) };
            if ((bits & Opportunity) != 0) node = node with { Opportunity = Units(from, skus) };
            if ((bits & Full) != 0) node = node with { IsFull = true };
            if (isKnown) noted[id] = node;
            else others.Add(node);
        }
        var all = new List<SourcingNode>(known.Count + others.Count);
        foreach (var at in known)
            if (!noted.TryGetValue(at.Node.Id, out var node)) all.Add(Plain(at));
            else if (node is not null) all.Add(node);
        all.AddRange(others);
        return all;
    }

    private static readonly IReadOnlyDictionary<long, long> Nothing = new Dictionary<long, long>();

    private static SourcingNode Plain(Known at) => new(at.Node.Id, at.Node.PickFixedMinor, at.Node.HandlingMinor, at.Node.LeadDays, at.Lanes, Nothing);

    private static Dictionary<long, long> Units(BinaryReader from, long[] skus)
    {
        var units = new Dictionary<long, long>(skus.Length);
        foreach (long sku in skus)
            if (Number(from) is var here and not 0) units[sku] = here;
        return units;
    }

    private static LaneOffer[] UnpackLanes(BinaryReader from, IReadOnlyList<LaneOffer> known)
    {
        var lanes = new LaneOffer[Number(from)];
        for (int i = 0; i < lanes.Length; i++)
            lanes[i] = (int)Number(from) is var like and > 0
                ? known[like - 1] with { BaseMinor = known[like - 1].BaseMinor + Number(from), TransitDays = (int)(known[like - 1].TransitDays + Number(from)) }
                : new LaneOffer(from.ReadString(), Number(from), Number(from), Number(from), (int)Number(from));
        return lanes;
    }

    // Small numbers of either sign take one byte.
    private static void Number(BinaryWriter to, long value) => to.Write7BitEncodedInt64((value << 1) ^ (value >> 63));

    private static long Number(BinaryReader from) => from.Read7BitEncodedInt64() is var v ? (v >>> 1) ^ -(v & 1) : 0;
}
