using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>The statements on labels. Those of a run are fenced: a process whose lease was taken over changes nothing.</summary>
internal static class LabelSql
{
    /// <summary>Labels that are due and nobody works on.</summary>
    public static Task<List<(LabelId Id, long Merchant)>> Due(Work work, long now, int most) => work.Query(
        "select id, merchant_id from carrier_labels /* house */ where state in ('wanted', 'voiding') and due_at_ms <= @now and lease_until_ms <= @now order by due_at_ms limit @most",
        row => (new LabelId(row.Uuid()), row.Long()), ("now", now), ("most", (long)most));

    /// <summary>Takes a label to work on; null when somebody else has it or there is nothing to do.</summary>
    public static async Task<CarrierLabel?> Claim(Work work, LabelId id, long now, TimeSpan lease, bool isAsked) =>
        await work.Execute(
            """
            update carrier_labels set lease_no = lease_no + 1, lease_until_ms = @until
             where merchant_id = @merchant and id = @id and state in ('wanted', 'voiding') and lease_until_ms <= @now and (@asked or due_at_ms <= @now)
            """, ("id", id.Value), ("until", now + (long)lease.TotalMilliseconds), ("now", now), ("asked", isAsked)) == 1 ? await CarrierLabel.Find(work, id) : null;

    /// <summary>Locks the label if it is still ours.</summary>
    public static async Task<CarrierLabel?> Hold(Work work, CarrierLabel label) =>
        await CarrierLabel.Find(work, label.Id, locked: true) is { } now && now.LeaseNo == label.LeaseNo ? now : null;

    /// <summary>What an account's driver finds at the node: parcels with a label that have not left.</summary>
    public static Task<List<LabelKey>> ToBeFetched(Work work, CarrierAccountId account, long node, int most) => work.Query(
        """
        select l.reference, l.carrier_key, l.tracking, l.service from carrier_labels l join packages p on p.id = l.package_id and p.state <> 'voided'
         where l.merchant_id = @merchant and l.node_id = @node and l.account_id = @account and l.state in ('booked', 'manifested') and l.scanned_at_ms is null and l.carrier_key is not null and l.tracking is not null
         order by l.booked_at_ms, l.id limit @most
        """, row => new LabelKey(row.Text(), row.Text(), row.Text(), row.TextOrNull()), ("node", node), ("account", account.Value), ("most", (long)most));

    /// <summary>Container codes of the parcels on a list, of those that have one.</summary>
    public static async Task<Dictionary<Guid, string>> Ssccs(Work work, ManifestId id) => (await work.Query(
        "select c.package_id, c.sscc from carrier_labels l join package_costs c on c.package_id = l.package_id where l.merchant_id = @merchant and l.manifest_id = @id and c.sscc is not null",
        row => (Package: row.Uuid(), Sscc: row.Text()), ("id", id.Value))).ToDictionary(s => s.Package, s => s.Sscc);

    public static Task KeepDecision(Work work, CarrierLabel label, ServiceDecision decision) => work.Execute(
        "update carrier_labels set choices = @choices, choice_no = 0, version = version + 1 where merchant_id = @merchant and id = @id and lease_no = @lease",
        ("choices", CarrierLabel.Text(decision)), ("id", label.Id.Value), ("lease", label.LeaseNo));

    /// <summary>What is about to be asked, before it is.</summary>
    /// <returns>False: the label is somebody else's now.</returns>
    public static async Task<bool> KeepIntent(Work work, CarrierLabel label, Guid account, int choice, long now, TimeSpan lease) => await work.Execute(
        """
        update carrier_labels set asked_account = @account, asked_at_ms = @now, choice_no = @choice, lease_until_ms = @until, version = version + 1
         where merchant_id = @merchant and id = @id and lease_no = @lease and state = 'wanted'
        """, ("account", account), ("choice", choice), ("now", now), ("until", now + (long)lease.TotalMilliseconds), ("id", label.Id.Value), ("lease", label.LeaseNo)) == 1;

    /// <summary>May this account have booked it unheard before? And the key of a label that is being voided there, which nobody takes for ours.</summary>
    public static async Task<(bool MayHaveIt, string? Voiding)> Orphan(Work work, CarrierLabel label, Guid account) =>
        await work.Query("select voiding_key from carrier_orphans where merchant_id = @merchant and label_id = @id and account_id = @account and state = 'open'",
            row => row.TextOrNull(), ("id", label.Id.Value), ("account", account)) is [var key] ? (true, key) : (false, null);

    /// <summary>The next choice; where it is open whether this account has booked it, that is looked after by itself.</summary>
    public static async Task Next(Work work, CarrierLabel label, int choice, Guid? maybeBooked, string fault, long now)
    {
        await work.Execute(
            """
            update carrier_labels set asked_account = null, asked_at_ms = null, choice_no = @choice, fault = @fault, version = version + 1
             where merchant_id = @merchant and id = @id and lease_no = @lease
            """, ("choice", choice), ("fault", fault), ("id", label.Id.Value), ("lease", label.LeaseNo));
        if (maybeBooked is { } account) await LookFor(work, label, account, now);
    }

    /// <summary>The account may have made a label unheard, or may yet: whatever it has under the reference, but for the one that counts, is looked for and voided.</summary>
    public static Task LookFor(Work work, CarrierLabel label, Guid account, long now) => work.Execute(
        """
        insert into carrier_orphans (label_id, account_id, merchant_id, reference, state, due_at_ms, since_ms) values (@id, @account, @merchant, @reference, 'open', @due, @now)
        on conflict (label_id, account_id) do update set state = 'open', tries = 0, since_ms = @now, due_at_ms = case when carrier_orphans.voiding_key is null then @due else carrier_orphans.due_at_ms end
        """, ("id", label.Id.Value), ("account", account), ("reference", label.Reference), ("due", now + 60_000), ("now", now));

    /// <summary>Gives the label back until later.</summary>
    public static Task Later(Work work, CarrierLabel label, string fault, long due, bool decideAnew) => work.Execute(
        $"""
        update carrier_labels set tries = tries + 1, due_at_ms = @due, lease_until_ms = 0, fault = @fault{(decideAnew ? ", choices = null, choice_no = 0" : "")}, version = version + 1
         where merchant_id = @merchant and id = @id and lease_no = @lease
        """, ("due", due), ("fault", fault), ("id", label.Id.Value), ("lease", label.LeaseNo));

    /// <summary>Nobody makes it: a person decides.</summary>
    public static async Task Fail(Work work, CarrierLabel label, string fault, DateTimeOffset now)
    {
        if (await work.Execute(
            "update carrier_labels set state = 'failed', lease_until_ms = 0, fault = @fault, version = version + 1 where merchant_id = @merchant and id = @id and lease_no = @lease and state = 'wanted'",
            ("fault", fault), ("id", label.Id.Value), ("lease", label.LeaseNo)) == 0) return;
        var batch = work.Batch();
        ExceptionsRoom.Raise(batch, [new Trouble("label_failed", label.Id.ToString(), $"No carrier makes a label for the parcel: {fault}", label.Order.Value, label.Fulfilment.Value, Node: label.Node)], now);
        await batch.Run();
    }

    public static async Task WantAgain(Work work, CarrierLabel label, DateTimeOffset now)
    {
        await work.Execute("update carrier_labels set state = 'wanted', tries = 0, choices = null, choice_no = 0, due_at_ms = @now, fault = null, version = version + 1 where merchant_id = @merchant and id = @id",
            ("id", label.Id.Value), ("now", now.ToUnixTimeMilliseconds()));
        await Mended(work, label, "Tried again", now);
    }

    /// <summary>Takes back a label in any state that allows it: one that the carrier may have is looked for.</summary>
    public static async Task TakeBack(Work work, CarrierLabel label, DateTimeOffset now)
    {
        string to = label.State == LabelState.Booked ? "voiding" : "cancelled";
        await work.Execute("update carrier_labels set state = @to, tries = 0, due_at_ms = @now, lease_no = lease_no + 1, lease_until_ms = 0, fault = null, version = version + 1 where merchant_id = @merchant and id = @id",
            ("to", to), ("id", label.Id.Value), ("now", now.ToUnixTimeMilliseconds()));
        if (label is { State: not LabelState.Booked, AskedAccount: { } account }) await LookFor(work, label, account, now.ToUnixTimeMilliseconds());
        if (label.State == LabelState.Failed) await Mended(work, label, "Taken back", now);
    }

    /// <param name="isFollowed">The carrier tells where its parcels are; the silence of one that tells nothing says nothing.</param>
    public static Task Book(Work work, CarrierLabel label, Guid account, ServiceQuote? choice, BookedLabel booked, CustomsData? customs, bool isForNothing, bool isFollowed, long now) => work.Execute(
        """
        update carrier_labels set state = @state, account_id = @account, service = @service::text, tracking = @tracking, tracking_url = @url::text, carrier_key = @key, cost_minor = @cost::bigint,
               currency = @currency::text, eta_ms = @eta::bigint, format = @format, label = @bytes, customs = @customs::text, booked_at_ms = @now, due_at_ms = @now, poll_at_ms = @poll::bigint,
               tries = 0, fault = null, lease_until_ms = 0, version = version + 1
         where merchant_id = @merchant and id = @id
        """,
        ("state", isForNothing ? "voiding" : "booked"), ("account", account), ("service", booked.Service ?? choice?.Service), ("tracking", booked.Tracking), ("url", booked.TrackingUrl), ("key", booked.CarrierKey),
        ("cost", booked.CostMinor ?? choice?.CostMinor), ("currency", booked.Currency ?? choice?.Currency), ("eta", choice?.Eta?.ToUnixTimeMilliseconds()), ("format", booked.Format), ("bytes", booked.Label),
        ("customs", customs is null ? null : CarrierLabel.Text(customs)), ("now", now), ("poll", isForNothing || !isFollowed ? null : now + 600_000), ("id", label.Id.Value));

    /// <summary>The end of a void: done, or refused and booked as before.</summary>
    /// <param name="isOpened">Its package was opened, so a person is told of a refusal.</param>
    public static async Task Voided(Work work, CarrierLabel label, string? refusal, bool isOpened, DateTimeOffset now)
    {
        await work.Execute(
            """
            update carrier_labels set state = @state, fault = @fault::text, lease_until_ms = 0, poll_at_ms = case when @state = 'voided' then null else poll_at_ms end, version = version + 1
             where merchant_id = @merchant and id = @id and lease_no = @lease and state = 'voiding'
            """, ("state", refusal is null ? "voided" : "booked"), ("fault", refusal), ("id", label.Id.Value), ("lease", label.LeaseNo));
        if (refusal is null) await Mended(work, label, "Taken back", now);
        else if (isOpened) await NotVoided(work, label, refusal, now);
    }

    /// <summary>The carrier keeps the label of an opened package: somebody is told, and it is not asked again by itself.</summary>
    public static async Task NotVoided(Work work, CarrierLabel label, string why, DateTimeOffset now)
    {
        await work.Execute("update carrier_labels set void_refused_ms = @now, version = version + 1 where merchant_id = @merchant and id = @id", ("now", now.ToUnixTimeMilliseconds()), ("id", label.Id.Value));
        var batch = work.Batch();
        ExceptionsRoom.Raise(batch, [new Trouble("label_not_voided", label.Id.ToString(), $"The package was opened, and {label.AccountCode} does not take its label {label.Tracking} back: {why}", label.Order.Value,
            label.Fulfilment.Value, Node: label.Node)], now);
        await batch.Run();
    }

    /// <summary>A label that was booked unheard, when another took its place, is kept by its carrier.</summary>
    public static async Task NotVoidedElsewhere(Work work, CarrierLabel label, string account, string tracking, string why, DateTimeOffset now)
    {
        var batch = work.Batch();
        ExceptionsRoom.Raise(batch, [new Trouble("label_not_voided", $"{label.Id}@{account}", $"{account} had made a label, {tracking}, that nobody uses, and does not take it back: {why}", label.Order.Value,
            label.Fulfilment.Value, Node: label.Node)], now);
        await batch.Run();
    }

    private static async Task Mended(Work work, CarrierLabel label, string how, DateTimeOffset now)
    {
        var batch = work.Batch();
        ExceptionsRoom.Mend(batch, [("label_failed", label.Id.ToString()), ("label_not_voided", label.Id.ToString())], Actor.House("system:shipping", label.Merchant), how, now);
        await batch.Run();
    }
}
