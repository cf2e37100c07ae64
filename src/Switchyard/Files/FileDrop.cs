using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Jobs;

namespace Switchyard.Files;

/// <summary>A folder from which files are imported, as it is stored.</summary>
/// <param name="Kind">products, stock, orders … as <c>GET /imports/kinds</c> lists them.</param>
/// <param name="Mapping">The name of a kept mapping, or of one that is built in; null: by the columns' names.</param>
/// <param name="As">Of orders: history or open.</param>
/// <param name="Grants">Of whoever set it up last.</param>
internal sealed record FileDrop(Guid Id, long Merchant, string Code, string Kind, string? Mapping, string? As, string? Channel, bool IsActive, string Grants, string Who, long Version, DateTimeOffset UpdatedAt)
{
    public const string Columns = "d.id, d.merchant_id, d.code, d.kind, d.mapping, d.taken_as, d.channel, d.is_active, d.rights, d.who, d.version, d.updated_at_ms";

    public static FileDrop Read(Row row) => new(row.Uuid(), row.Long(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Bool(), row.Text(), row.Text(), row.Long(), row.Instant());

    public static Task<FileDrop?> Find(Work work, string code, bool locked = false) =>
        work.Find($"select {Columns} from file_drops d where d.merchant_id = @merchant and d.code = @code{(locked ? " for update" : "")}", Read, ("code", code));

    /// <summary>The folder, with the rights of whoever set it up.</summary>
    public Actor Actor => JobRights.Restore(Grants, "drop:" + Code, Merchant);
}

/// <summary>A folder from which files are imported.</summary>
/// <param name="Folder">Below <c>SWITCHYARD_DROP_FOLDER</c>; null where this server has none.</param>
/// <param name="Who">Who set it up last: its imports may do what they may.</param>
public sealed record FileDropView(string Code, string Kind, string? Mapping, string? As, string? Channel, bool IsActive, string? Folder, string Who, long Version, DateTimeOffset UpdatedAt)
{
    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public string Object => "fileDrop";

    internal static FileDropView Of(FileDrop d) => new(d.Code, d.Kind, d.Mapping, d.As, d.Channel, d.IsActive, DropFolder.Root is null ? null : DropFolder.Place(d.Merchant, "files", d.Code), d.Who, d.Version, d.UpdatedAt);
}

/// <summary>A file that was taken from such a folder.</summary>
/// <param name="Job">Its import; null when it could not be begun.</param>
/// <param name="Fault">Why it failed.</param>
public sealed record DroppedFileView(string Name, [property: Kernel.Words("running", "done", "failed")] string State, string? Job, string? Fault, DateTimeOffset At)
{
    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public string Object => "droppedFile";
}
