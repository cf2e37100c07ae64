using Switchyard.Database;

namespace Switchyard.Shipping;

/// <summary>What must be true of labels and manifests.</summary>
internal static class ShippingBooks
{
    /// <summary>A booked label has its carrier, its bytes unless its buyer is forgotten, and, while its package is still here, the number that the package carries.</summary>
    public static readonly BooksCheck Labels = new("shipping.labels", db => Run(db, "select count(*) from carrier_labels /* house */",
        """
        select t.id, case when t.account_id is null or t.tracking is null or t.label is null and o.ship_to is not null then 'it is ' || t.state || ' without account, number or file'
                          else 'its number is ' || t.tracking || ' and its package says ' || coalesce(p.tracking, 'none') end
          from carrier_labels t left join packages p on p.id = t.package_id left join orders o on o.id = t.order_id
         where t.state in ('booked', 'manifested') and (t.account_id is null or t.tracking is null or t.label is null and o.ship_to is not null
               or p.state = 'labelled' and coalesce(p.tracking, '') <> t.tracking) order by t.id limit 100 /* house */
        """));

    /// <summary>A manifest holds as many labels as it says, and a label on the carrier's list is on one.</summary>
    public static readonly BooksCheck Manifests = new("shipping.manifests", db => Run(db, "select count(*) from carrier_manifests /* house */",
        """
        select m.id, 'it says ' || m.parcels || ' parcels and has ' || (select count(*) from carrier_labels l where l.manifest_id = m.id) from carrier_manifests m
         where m.state <> 'refused' and m.parcels <> (select count(*) from carrier_labels l where l.manifest_id = m.id)
        union all
        select l.id, 'it is manifested and on no manifest' from carrier_labels l where l.state = 'manifested' and l.manifest_id is null order by 1 limit 100 /* house */
        """));

    private static Task<CheckResult> Run(Db db, string count, string faults) => db.ReadAll(async work =>
    {
        var batch = work.Batch();
        var counted = batch.Query(count, row => row.Sum());
        var found = batch.Query(faults, row => $"{row.Uuid():N}: {row.Text()}");
        await batch.Run();
        return new CheckResult(counted[0], found);
    }, snapshot: true);
}
