using Switchyard.Exceptions;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>Lets the books follow a fact: units leave wherever they stood, packages end, and every contradiction becomes somebody's task.</summary>
internal sealed class FactsOfGoods(OpenWork open, OpenOrder order, RecordFact.Request told, DateTimeOffset at)
{
    /// <summary>Buckets from which units leave without a release, the likeliest first. What is being worked on elsewhere comes last.</summary>
    private static readonly LineBucket[] Sources = [LineBucket.Unallocated, LineBucket.Backordered, LineBucket.Preordered, LineBucket.Cancelled];

    /// <param name="release">The release it is told of; null for the order.</param>
    public async Task Follow(FulfilmentId? release, long? node)
    {
        var own = open.Of(order).Where(r => release is null ? node is null || r.Node.Id == node : r.Id == release).ToList();
        var nodes = own.Select(r => r.Node.Id).Concat(order.Lines.SelectMany(l => l.Claims.Keys)).Concat(node is { } n ? [n] : []).Distinct().ToList();
        await open.LoadNodes(nodes);
        var skus = order.Lines.Where(l => l.HoldsStock && l.SkuId is not null).Select(l => l.SkuId!.Value).Distinct().ToList();
        await open.LockStock(skus, [.. nodes.SelectMany(n => skus.Select(s => (s, n)))]);
        if (told.Kind == RecordFact.FactKind.Shipped) Shipped(own, release is null ? node : own[0].Node.Id, release is null ? null : own[0]);
        else Ended(own, release is null ? node : own[0].Node.Id, release is null ? null : own[0]);
        open.Touch(order);
        EndOrder.CloseIfDone(open, order);
    }

    /// <summary>What was in work leaves through its releases; what is told beyond that leaves from wherever the line has it.</summary>
    private List<OpenPackage> Shipped(List<OpenRelease> own, long? node, OpenRelease? release)
    {
        var packages = new List<OpenPackage>();
        var left = told.Lines?.ToDictionary(l => l!.Line!.Value, l => l!.Quantity);
        foreach (var one in own.Where(r => r.IsLive))
        {
            bool wasToStop = one.State == FulfilmentOrderState.StopAsked;
            var parts = one.Lines.Where(l => l.InWork > 0 && (left is null || left.ContainsKey(l.LineNo)))
                .Select(l => (Line: l, Units: Math.Min(l.InWork, left?[l.LineNo] ?? l.InWork))).Where(p => p.Units > 0).ToList();
            if (parts.Count == 0) continue;
            if (left is not null) foreach (var (line, units) in parts) if (left[line.LineNo] is { } wanted) left[line.LineNo] = wanted - units;
            packages.AddRange(Leave(one, parts));
            if (wasToStop) Trouble("shipped_after_cancel", one, $"{one.Number} was to stop and left {one.Node.Code} all the same.",
                Saying.Of(Phrase.ShippedAfterStop, ("release", one.Number), ("node", one.Node.Code)));
        }
        var rest = Rest(left, own, release);
        if (rest.Count > 0) packages.AddRange(LeaveWithoutWork(rest, node, release));
        return packages;
    }

    private List<OpenPackage> Leave(OpenRelease release, List<(ReleaseLine Line, long Units)> parts)
    {
        var before = release.Packages.ToList();
        if (parts.Sum(p => p.Units) == release.Lines.Sum(l => l.InWork))
            LeaveAsTold.Everything(open, release, told.Carrier, told.Service, told.Tracking, at);
        else
        {
            foreach (var package in before.Where(p => p.State == PackageState.Labelled)) PackRelease.Open(open, release, package);
            LeaveAsTold.Parts(open, release, parts, open.Depart(release, told.Carrier, told.Service, isPickup: false, at), told.Carrier, told.Service, told.Tracking, at);
            release.Told(release.Sum(ReleaseUnits.Open) > 0 ? FulfilmentOrderState.Picking : FulfilmentOrderState.Picked);
            open.Tell(release, "FulfilmentShipped", null, new { shipment = release.LastShipment, lines = parts.Select(p => new { line = p.Line.LineNo, quantity = p.Units }) });
        }
        return [.. release.Packages.Where(p => p.State == PackageState.Manifested && (p.Shipment is not null && !before.Contains(p) || before.Contains(p)))];
    }

    /// <summary>Units told beyond what was in work: those named, or what the release had before it ended.</summary>
    private List<(OpenLine Line, long Units)> Rest(Dictionary<int, long?>? left, List<OpenRelease> own, OpenRelease? release)
    {
        if (left is not null)
            return [.. left.Select(l => (Line: order.Line(l.Key)!, Units: l.Value ?? NotGone(order.Line(l.Key)!))).Where(l => l.Units > 0)];
        if (release is not null && release.Lines.All(l => l[ReleaseUnits.Shipped] == 0))
            return [.. release.Lines.Select(l => (order.Line(l.LineNo)!, l.Quantity))];
        // Told of the whole order, with nothing in work: everything that has not left.
        if (release is null && own.All(r => r.Sum(ReleaseUnits.Shipped) == 0)) return [.. order.Lines.Where(l => l.HoldsStock && l.SkuId is not null).Select(l => (l, NotGone(l))).Where(l => l.Item2 > 0)];
        return [];
    }

    private static long NotGone(OpenLine line) => line.Quantity - line[LineBucket.Shipped] - line[LineBucket.Delivered] - line[LineBucket.Lost] - line[LineBucket.SentBack];

    /// <summary>Goods left on which nobody worked: a release is made afterwards that carries the package, and somebody is told.</summary>
    private List<OpenPackage> LeaveWithoutWork(List<(OpenLine Line, long Units)> rest, long? node, OpenRelease? release)
    {
        long from = node ?? rest.SelectMany(r => r.Line.Claims.Keys).Concat(open.Of(order).Select(r => r.Node.Id)).FirstOrDefault();
        if (from == 0) { Trouble("shipped_unallocated", release, $"Order {order.Number} was told to have left, and nobody said from where.", Saying.Of(Phrase.ShippedUnsaid, ("number", order.Number))); return []; }
        var made = open.New(order, open.Node(from), release?.Method ?? order.Method, from: release);
        var contents = new List<(int, long)>();
        bool wasCancelled = order.State == OrderState.Cancelled;
        foreach (var (line, wanted) in rest)
        {
            long units = Math.Min(wanted, NotGone(line));
            if (units < wanted) Trouble("shipped_unallocated", made, $"{wanted - units} more {line.Sku} left {made.Node.Code} than order {order.Number} has.",
                Saying.Of(Phrase.ShippedTooMany, ("units", wanted - units), ("sku", line.Sku), ("node", made.Node.Code), ("number", order.Number)));
            if (units == 0) continue;
            wasCancelled |= Ship(line, from, units);
            long[] counts = new long[7];
            counts[(int)ReleaseUnits.Shipped] = units;
            made.Add(new ReleaseLine(line.LineNo, line.SkuId!.Value, line.Sku, counts));
            contents.Add((line.LineNo, units));
        }
        if (contents.Count == 0) { open.Drop(made); return []; }
        var package = new OpenPackage
        {
            Id = PackageId.New(open.Now), No = 1, Contents = contents, Carrier = told.Carrier, Service = told.Service, Tracking = told.Tracking, CreatedAtMs = open.NowMs,
            Shipment = open.Depart(made, told.Carrier, told.Service, isPickup: false, at),
        }.Loaded(PackageState.Manifested, at.ToUnixTimeMilliseconds());
        made.Add(package);
        made.Told(FulfilmentOrderState.HandedOver);
        open.Tell(made, "FulfilmentShipped", "It was told afterwards.", new { shipment = made.LastShipment, lines = contents.Select(c => new { line = c.Item1, quantity = c.Item2 }) });
        Trouble(wasCancelled ? "shipped_after_cancel" : "shipped_unallocated", made, wasCancelled
            ? $"Order {order.Number} left {made.Node.Code} although it was cancelled." : $"Order {order.Number} left {made.Node.Code} although nobody had been given that work.",
            Saying.Of(wasCancelled ? Phrase.ShippedCancelled : Phrase.ShippedUngiven, ("number", order.Number), ("node", made.Node.Code)));
        return [package];
    }

    /// <returns>Was any of it cancelled?</returns>
    private bool Ship(OpenLine line, long node, long units)
    {
        long left = units;
        Take(LineBucket.Allocated, Math.Min(left, line.ClaimAt(node).Idle));
        foreach (var bucket in Sources.Where(b => b != LineBucket.Cancelled)) Take(bucket, Math.Min(left, line[bucket]));
        foreach (long other in line.Claims.Keys.Where(n => n != node).ToList())          // claimed elsewhere: that claim was for nothing
        {
            long idle = Math.Min(left, line.ClaimAt(other).Idle);
            if (idle == 0) continue;
            order.GiveUp(line, LineBucket.Allocated, LineBucket.Unallocated, other, idle, open.Sheet!, "The goods left from elsewhere.");
            Take(LineBucket.Unallocated, idle);
        }
        foreach (var release in open.Of(order).Where(r => r.IsLive).ToList())            // so was the work that others were given
            if (release.Line(line.LineNo) is { } theirs && Math.Min(left, theirs[ReleaseUnits.Open]) is > 0 and var taken)
            {
                open.GiveUp(release, theirs, ReleaseUnits.Cancelled, taken, "The goods left from elsewhere.");
                Take(LineBucket.Unallocated, taken);
                if (release.Lines.All(l => l.InWork == 0)) release.Told(FulfilmentOrderState.Cancelled);
            }
        long cancelled = Math.Min(left, line[LineBucket.Cancelled]);
        Take(LineBucket.Cancelled, cancelled);
        if (left > 0) Taken(line, node, ref left);
        return cancelled > 0;

        void Take(LineBucket bucket, long count)
        {
            if (count == 0) return;
            order.Ship(line, bucket, node, count, open.Sheet!, at, order.Number);
            left -= count;
        }
    }

    // Picked or packed elsewhere: those goods are put back there, these have left.
    private void Taken(OpenLine line, long node, ref long left)
    {
        foreach (var release in open.Of(order).Where(r => r.IsLive && r.Line(line.LineNo) is not null).ToList())
        {
            foreach (var package in release.Packages.Where(p => p.State == PackageState.Labelled && p.Contents.Any(c => c.Line == line.LineNo)).ToList()) PackRelease.Open(open, release, package);
            var theirs = release.Line(line.LineNo)!;
            long units = Math.Min(left, theirs[ReleaseUnits.Picked]);
            if (units == 0) continue;
            open.Recall(release, theirs, ReleaseUnits.Picked, ReleaseUnits.Cancelled, units);
            open.AskPutBack(release, theirs, units);
            order.GiveUp(line, LineBucket.Allocated, LineBucket.Unallocated, release.Node.Id, units, open.Sheet!, "The goods left from elsewhere.");
            order.Ship(line, LineBucket.Unallocated, node, units, open.Sheet!, at, order.Number);
            if (release.Lines.All(l => l.InWork == 0)) release.Told(FulfilmentOrderState.Cancelled);
            left -= units;
        }
    }

    /// <summary>Packages have ended so. What had not even left by our books leaves first, and somebody is told.</summary>
    private void Ended(List<OpenRelease> own, long? node, OpenRelease? release)
    {
        var end = told.Kind switch { RecordFact.FactKind.Delivered => PackageState.Delivered, RecordFact.FactKind.Lost => PackageState.Lost, _ => PackageState.ReturnedToSender };
        if (!own.Any(r => r.Packages.Any(p => p.Shipment is not null)))
        {
            Shipped(own, node, release);
            own = [.. own, .. open.Of(order).Where(r => !own.Contains(r) && r.Packages.Any(p => p.Shipment is not null))];
            if (own.Count > 0) Trouble("delivered_before_shipped", own[^1], $"Order {order.Number} was told to have arrived or ended before it had left.", Saying.Of(Phrase.DeliveredBeforeShipped, ("number", order.Number)));
        }
        foreach (var one in own)
        {
            var sent = one.Packages.Where(p => p.Shipment is not null && (told.Tracking is null || p.Tracking is null || p.Tracking == told.Tracking)
                && (told.Lines is null || p.Contents.Any(c => told.Lines.Any(l => l!.Line == c.Line)))).ToList();
            var underWay = sent.Where(p => PackageStates.IsUnderWay(p.State)).ToList();
            if (underWay.Count > 0) Arrive.Settle(open, one, underWay, end, at, "It was told.");
            foreach (var package in sent.Where(p => !underWay.Contains(p) && p.State != end)) Turn(one, package, end);
        }
    }

    /// <summary>A package that had ended otherwise: lost and found, delivered and sent back.</summary>
    private void Turn(OpenRelease release, OpenPackage package, PackageState end)
    {
        var (from, to) = (Bucket(package.State), Bucket(end));
        if (from is null || !LineMoves.Facts.Allows(from.Value, to!.Value)) return;
        foreach (var (no, units) in package.Contents)
            if (order.Line(no) is { } line && Math.Min(units, line[from.Value]) is > 0 and var there) order.Move(line, from.Value, to.Value, there, isFact: true);
        package.Told(end, at.ToUnixTimeMilliseconds());
        release.Told(Arrive.EndOf(release));
        open.Tell(release, end switch { PackageState.Delivered => "FulfilmentDelivered", PackageState.Lost => "FulfilmentLost", _ => "FulfilmentSentBack" }, "It was told.",
            new { packages = new[] { package.No }, at });
    }

    private static LineBucket? Bucket(PackageState state) => state switch
    {
        PackageState.Delivered => LineBucket.Delivered,
        PackageState.Lost => LineBucket.Lost,
        PackageState.ReturnedToSender => LineBucket.SentBack,
        _ => null,
    };

    private void Trouble(string kind, OpenRelease? release, string detail, string says) => open.Troubles.Add(new Trouble(kind, release?.Id.ToString() ?? order.Id.ToString(), detail,
        order.Id.Value, release?.Id.Value, Node: release?.Node.Id)
    { Says = says });
}
