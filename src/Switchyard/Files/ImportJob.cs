using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>What somebody wants imported, checked for form only.</summary>
/// <param name="Mapping">As it was sent, or as it was kept under <paramref name="SavedMapping"/>.</param>
/// <param name="Upsert">False: rows of what exists already are refused.</param>
/// <param name="As">Of orders: history or open.</param>
/// <param name="Channel">Of orders: the channel's code.</param>
public sealed record ImportWish(Upload File, JsonElement? Mapping, string? SavedMapping, bool IsDryRun, bool Upsert, string? As, string? Channel);

/// <summary>What a file would become.</summary>
/// <param name="Columns">Our columns, and the header each is read from; null when none is.</param>
/// <param name="Headers">Those of the file.</param>
/// <param name="Mapping">To be changed and sent back as it is.</param>
/// <param name="Rows">The first of them.</param>
/// <param name="Problems">Of the file as a whole.</param>
public sealed record ImportPreview(string Kind, IReadOnlyList<PreviewColumn> Columns, IReadOnlyList<string> Headers, object? Mapping, string Encoding, string Delimiter,
    IReadOnlyList<PreviewRow> Rows, IReadOnlyList<string> Warnings, IReadOnlyList<FieldError> Problems);

public sealed record PreviewColumn(string Name, bool IsRequired, string? Header);

/// <param name="Cells">As they stand in the file, in the order of its headers.</param>
/// <param name="Outcome">created, updated, unchanged or refused.</param>
public sealed record PreviewRow(long Line, IReadOnlyList<string> Cells, string Outcome, IReadOnlyList<RowFault> Faults);

/// <summary>The import of one kind of file as a job. Rooms whose files are no <see cref="FileKind"/> make one of their own and register it as a <see cref="JobKind"/>.</summary>
public abstract class ImportJob : JobKind
{
    /// <summary>As in <c>POST /imports</c>.</summary>
    public abstract string Kind { get; }
    public abstract IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>Do its rows serve several merchants, so that only the house may import them?</summary>
    public virtual bool IsShared => false;

    public sealed override string Code => "import." + Kind;

    /// <summary>A mapping that is built in under this name.</summary>
    public virtual JsonElement? NamedMapping(string name) => null;

    /// <summary>The mapping as it is kept: checked, nothing resolved.</summary>
    /// <remarks>Errors: request.invalid with pointers below <paramref name="at"/>.</remarks>
    public abstract Result<object> CheckMapping(JsonElement mapping, string at);

    /// <summary>The arguments of a job; the header of the file has been looked at.</summary>
    public abstract Task<Result<object>> Prepare(ImportWish wish, Db db, Actor actor, CancellationToken stop);

    public abstract Task<Result<ImportPreview>> Preview(ImportWish wish, Db db, TimeProvider clock, Actor actor, CancellationToken stop);

    /// <summary>What became of a job so far, from its memory.</summary>
    public abstract ImportResult Result(ReadJob job, IReadOnlyList<ImportError> errors);

    /// <summary>How to read the file of a job again, for its error file; null when its first row was never reached.</summary>
    public abstract ErrorSource? Source(ReadJob job);
}

/// <summary>How rows that failed are found in the file again.</summary>
/// <param name="Upload">The file's id.</param>
/// <param name="GroupBy">Of this header: the rows that share a value with one that failed are given back with it, as the lines of one order.</param>
public sealed record ErrorSource(string Upload, IReadOnlyList<string> Headers, char Separator, string? Encoding, string? GroupBy = null);

/// <summary>The faults of a row that failed, as its job keeps them.</summary>
public static class RowDetail
{
    private const int MostFaults = 20;

    public static JobRow Failed(long line, string reference, IReadOnlyList<RowFault> faults) => new(line, RowCells.Storable(reference, 200), JobRowState.Failed, faults[0].Code,
        RowCells.Storable(faults[0].Field.Length == 0 ? faults[0].Reason : $"{faults[0].Field}: {faults[0].Reason}", 1_000), JsonSerializer.Serialize(faults.Take(MostFaults), Json.Options));

    public static IReadOnlyList<RowFault> Read(JobRow row) => row.Detail is { } json ? JsonSerializer.Deserialize<List<RowFault>>(json, Json.Options)! : [new RowFault("", row.Code ?? "", row.Message ?? "")];
}
