using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>
/// Carries out one command of a handheld on one task. What the picker did wrong is refused; what the world made impossible meanwhile is a clash,
/// which is kept for a person. Both are logged beside what went well.
/// </summary>
internal sealed class PickDesk
{
    private static readonly HashSet<string> MisPicks = [PickingErrors.WrongItem.Code, PickingErrors.UnknownItem.Code, PickingErrors.WrongLot.Code];

    /// <summary>In the log: whose goods they are is the picker's own word, no barcode said it.</summary>
    private const string MerchantNamed = "merchantNamed";

    private readonly Work _work;
    private readonly Actor _actor;
    private readonly SendPicks.Command _command;
    private readonly Error? _besides;
    private readonly Sourcing.MerchantSettings _settings;
    private readonly DateTimeOffset _now;
    private readonly Stop _task;
    private string? _lot, _serial;
    private bool _endsLine;
    private long _units;

    internal sealed record Stop(Guid Id, Guid Tour, Guid Wave, long Node, FulfilmentId Release, int Line, string Sku, string Bin, string Lot, int ToteNo, long Quantity, long Picked, string State, string TourState,
        string Operative, bool HasTotes)
    {
        public long Left => Quantity - Picked;
    }

    private PickDesk(Work work, Actor actor, SendPicks.Command command, Error? besides, Sourcing.MerchantSettings settings, DateTimeOffset now, Stop task) =>
        (_work, _actor, _command, _besides, _settings, _now, _task) = (work, actor, command, besides, settings, now, task);

    /// <summary>Is there such a task that the actor may see?</summary>
    public static async Task<bool> HasTask(Work work, Actor actor, SendPicks.Command command)
    {
        var node = await work.Query("select node_id from pick_tasks where id = @id and merchant_id = @merchant", row => row.Long(), ("id", command.Task!.Value.Value));
        return node.Count == 1 && actor.MaySeeNode(node[0]);
    }

    /// <summary>The command's task, which is there, with its tour under lock.</summary>
    /// <param name="besides">Why it is refused on a cart of several merchants.</param>
    public static async Task<PickDesk> Open(Work work, Actor actor, SendPicks.Command command, Error? besides, Sourcing.MerchantSettings settings, DateTimeOffset now)
    {
        // The tour is locked: two devices of one walk come one after the other. Orders are locked after it, by everybody who locks both.
        var found = await work.Query(
            """
            select t.id, t.tour_id, t.wave_id, t.node_id, t.fulfilment_id, t.line_no, t.sku, t.bin, t.lot, t.tote_no, t.quantity, t.picked, t.state, u.state, u.operative, u.has_totes
              from pick_tasks t join pick_tours u on u.id = t.tour_id where t.id = @id and t.merchant_id = @merchant for update
            """, row => new Stop(row.Uuid(), row.Uuid(), row.Uuid(), row.Long(), new FulfilmentId(row.Uuid()), row.Int(), row.Text(), row.Text(), row.Text(), row.Int(), row.Long(), row.Long(), row.Text(), row.Text(),
                row.Text(), row.Bool()), ("id", command.Task!.Value.Value));
        return new PickDesk(work, actor, command, besides, settings, now, found[0]);
    }

    public async Task<SendPicks.Answer> Carry()
    {
        // What the device refused by itself moves nothing, whatever the world has become: it is counted.
        if (_command.Kind == "misPick")
        {
            await Log("ok", null);
            return new SendPicks.Answer(_command.Id!.Value, "ok", null, null, _task.Left, false);
        }
        var refused = await Refusal();
        var clash = refused is null ? Clash() ?? await Move() : null;
        // The last of what would go instead was promised meanwhile, or it is not given any more: the picker chooses again.
        if (clash is { } gone && (gone == FulfilmentErrors.NoSubstitute || gone.Code == FulfilmentErrors.SubstituteGone("").Code)) (refused, clash) = (clash, null);
        // The lot went out of sale since the walk was planned: the walk is told of another place, and nobody need look at it.
        if (clash?.Code == FulfilmentErrors.LotBlocked("").Code && _task.Lot.Length > 0) (refused, clash) = (PickingErrors.LotBlocked, null);
        if (refused == PickingErrors.LotBlocked) await PickElsewhere.Handle(_work, _task, _now);
        string outcome = refused is not null ? "refused" : clash is not null ? "clash" : "ok";
        var error = refused ?? clash;
        await Log(outcome, error);
        if (clash is not null) await Keep(clash);
        else if (refused is null) await WaveRows.Close(_work, _task.Wave, _task.Tour, _now);
        return new SendPicks.Answer(_command.Id!.Value, outcome, error?.Code, error?.Detail, outcome == "ok" && _endsLine ? 0 : _task.Left - (outcome == "ok" ? _units : 0), false);
    }

    private Error? Clash() =>
        _task.State != "open" || _task.TourState is "done" or "cancelled" ? PickingErrors.Ended
        : _task.TourState != "taken" || _task.Operative != _actor.Id ? PickingErrors.NotYours : null;

    private async Task<Error?> Refusal()
    {
        if (_command.Kind == "skip") return null;
        if (_command.Bin is { } bin && _task.Bin.Length > 0 && Text.Key(bin) != Text.Key(_task.Bin)) return PickingErrors.WrongBin;
        if (_besides is not null) return _besides;
        if (_command.Kind == "pick" && await WrongItem() is { } wrong) return wrong;
        if (_command.Quantity > _task.Left || _command.Kind is "short" or "substitute" && _command.Quantity == _task.Left) return _task.State == "open" ? PickingErrors.NotThatMany(_task.Left) : null;
        return _command.Kind == "pick" && _task.HasTotes ? await WrongTote() : null;
    }

    private async Task<Error?> WrongItem()
    {
        if (_command.Item is not { } scanned) return PickingErrors.ScanItem;
        (_lot, _serial) = (_command.Lot, _command.Serial);
        if (Text.Key(scanned) == Text.Key(_task.Sku)) return WrongLot();
        var found = (await ScannedCodes.Load(_work, [scanned], _now)).Find(scanned, "/item", new Checks());
        if (found is null) return PickingErrors.UnknownItem;
        if (Text.Key(found.Sku) != Text.Key(_task.Sku)) return PickingErrors.WrongItem;
        (_lot, _serial) = (_command.Lot ?? found.Lot, _command.Serial ?? found.Serial);
        return WrongLot();
    }

    private Error? WrongLot() => _task.Lot.Length > 0 && _lot is { Length: > 0 } && _lot != _task.Lot ? PickingErrors.WrongLot : null;

    // The first tote scanned at a place of the cart stays there, and stands at no other.
    private async Task<Error?> WrongTote()
    {
        if (_command.Tote is not { } tote) return PickingErrors.ScanTote;
        string code = Text.Key(tote);
        var known = await _work.Query("select tote_no, code from pick_totes where tour_id = @tour and merchant_id = @merchant and (tote_no = @no or code = @code)",
            row => (No: row.Int(), Code: row.Text()), ("tour", _task.Tour), ("no", _task.ToteNo), ("code", code));
        if (known.Count == 0 && Clash() is null)
        {
            // On a cart of several merchants a tote stands at one place of the whole cart.
            int placed = await _work.Execute(
                """
                insert into pick_totes (tour_id, tote_no, merchant_id, code, cart_id) select @tour, @no, @merchant, @code, cart_id from pick_tours where id = @tour and merchant_id = @merchant
                    on conflict do nothing
                """, ("tour", _task.Tour), ("no", _task.ToteNo), ("code", code));
            if (placed == 0) return PickingErrors.WrongTote;
        }
        return known.TrueForAll(k => k.No == _task.ToteNo && k.Code == code) ? null : PickingErrors.WrongTote;
    }

    private Task<Error?> Move() => _command.Kind switch
    {
        "pick" => Pick(_command.Quantity ?? _task.Left),
        "short" => ShortHere(_command.Quantity!.Value),
        "substitute" => Substitute(_command.Quantity!.Value),
        "damaged" => Short(_task.Left - _command.Quantity!.Value, _command.Quantity, "Units were damaged."),
        _ => Skip(),
    };

    private async Task<Error?> Pick(long units)
    {
        var what = new PickedUnit(_task.Line, units, _task.Bin, _task.Lot.Length > 0 ? _task.Lot : _lot ?? "", units == 1 ? _serial ?? "" : "");
        if (await PickWork.Pick(_work, _actor, _task.Release, what, _now) is { } error) return error;
        (_units, _endsLine) = (units, units == _task.Left);
        await End(units, _endsLine ? "done" : "open");
        return null;
    }

    private async Task<Error?> Short(long found, long? missing, string reason)
    {
        var what = new PickedShort(_task.Line, found, _task.Left, missing, _task.Bin.Length == 0 ? null : _task.Bin, reason, _task.Lot);
        if (await PickWork.Short(_work, _actor, _task.Release, what, _settings, _now) is { } error) return error;
        (_units, _endsLine) = (found, true);
        await End(found, "short");
        return null;
    }

    // Where the rest lies in other bins of the node, the walk goes on there and the face is filled.
    private async Task<Error?> ShortHere(long found)
    {
        var (isDone, error) = await ShortAtFace.Handle(_work, _actor, _task, found, _now);
        if (!isDone) return await Short(found, null, "Fewer units were in the bin than asked for.");
        if (error is null) _units = found;
        return error;
    }

    private async Task<Error?> Substitute(long found)
    {
        var what = new PickedShort(_task.Line, found, _task.Left, null, _task.Bin.Length == 0 ? null : _task.Bin, null, _task.Lot);
        var instead = await PickWork.Substitute(_work, _actor, _task.Release, what, _command.Instead!, _settings, _now);
        if (instead.Error is { } error) return error;
        (_units, _endsLine) = (found, true);
        await End(found, "short");
        await PickElsewhere.Next(_work, _task, instead.Value, _now);
        return null;
    }

    private async Task<Error?> Skip()
    {
        // On a cart of several merchants the stops of the others come after it too: no walk has a thousand.
        await _work.Execute(
            """
            update pick_tasks set stop_no = (select max(o.stop_no) + case when count(u.cart_id) = 0 then 1 else 1000 end
                from pick_tasks o join pick_tours u on u.id = o.tour_id where o.tour_id = @tour and o.merchant_id = @merchant)
             where id = @id and merchant_id = @merchant
            """, ("tour", _task.Tour), ("id", _task.Id));
        return null;
    }

    private Task<int> End(long units, string state) => _work.Execute(
        "update pick_tasks set picked = picked + @units, state = @state, ended_at_ms = case when @state = 'open' then null else @now::bigint end where id = @id and merchant_id = @merchant",
        ("units", units), ("state", state), ("now", _now.ToUnixTimeMilliseconds()), ("id", _task.Id));

    private Task<int> Log(string outcome, Error? error) => _work.Execute(
        """
        insert into pick_scans (merchant_id, node_id, command_id, operative, tour_id, task_id, kind, outcome, code, units, ends_line, at_ms, recorded_at_ms)
        values (@merchant, @node, @command, @me, @tour, @task, @kind, @outcome, @code, @units, @ends, @at, @now)
        """, ("node", _task.Node), ("command", _command.Id!.Value), ("me", _actor.Id), ("tour", _task.Tour), ("task", _task.Id),
        ("kind", error is not null && MisPicks.Contains(error.Code) ? "misPick" : _command.Kind == "substitute" ? "short" : _command.Kind), ("outcome", outcome), ("code", error?.Code ?? (_command is { Kind: "pick", Merchant: not null } ? MerchantNamed : "")), ("units", outcome == "ok" ? _units : 0),
        ("ends", outcome == "ok" && _endsLine), ("at", (_command.At ?? _now).ToUnixTimeMilliseconds()), ("now", _now.ToUnixTimeMilliseconds()));

    private Task<int> Keep(Error clash) => _work.Execute(
        """
        insert into pick_clashes (merchant_id, node_id, command_id, operative, task_id, kind, code, detail, at_ms)
        values (@merchant, @node, @command, @me, @task, @kind, @code, @detail, @at)
        """, ("node", _task.Node), ("command", _command.Id!.Value), ("me", _actor.Id), ("task", _task.Id), ("kind", _command.Kind), ("code", clash.Code), ("detail", clash.Detail),
        ("at", (_command.At ?? _now).ToUnixTimeMilliseconds()));
}
