namespace Switchyard.Edi;

/// <summary>Puts segments together to groups and sets, and notes what is wrong with the envelopes. Used once.</summary>
internal sealed class InterchangeBuilder(IReadOnlyList<string> isa)
{
    private readonly List<FunctionalGroup> _groups = [];
    private readonly List<InterchangeAcknowledgement> _acknowledgements = [];
    private readonly HashSet<string> _groupControls = new(StringComparer.Ordinal), _setControls = new(StringComparer.Ordinal);
    private Segment? _gs;
    private List<TransactionSet> _sets = [];
    private List<string> _groupFaults = [];
    private List<Segment>? _set;
    private string? _note;
    private bool _isEnded;

    private readonly InterchangeHeader _header = new(isa[4].Trim(), isa[5].Trim(), isa[6].Trim(), isa[7].Trim(), isa[8].Trim(), isa[9].Trim(), isa[11].Trim(), isa[12].Trim(), isa[13].Trim() == "1", isa[14].Trim());

    /// <summary>The envelope is at fault; the first fault is told.</summary>
    public void Break(string note) => _note ??= note;

    /// <returns>Was it the end of the interchange?</returns>
    public bool Take(Segment segment)
    {
        switch (segment.Tag)
        {
            case "IEA":
                CloseGroup(null);
                if (segment[2] != _header.Control) Break(InterchangeNotes.ControlsDiffer);
                if (X12Reader.Number(segment[1]) != _groups.Count) Break(InterchangeNotes.GroupCountDiffers);
                return _isEnded = true;
            case "TA1" when _gs is null:
                _acknowledgements.Add(new InterchangeAcknowledgement(segment[1], segment[2], segment[3], segment[4], segment[5]));
                return false;
            case "GS":
                CloseGroup(null);
                OpenGroup(segment);
                return false;
            case "GE":
                if (_gs is null) Break(InterchangeNotes.InvalidStructure);
                else CloseGroup(segment);
                return false;
            case "ST":
                if (_gs is null) Break(InterchangeNotes.InvalidStructure);
                else { CloseSet(null); _set = [segment]; }
                return false;
            case "SE" when _set is not null:
                CloseSet(segment);
                return false;
            default:
                if (_set is not null) _set.Add(segment);
                else Break(InterchangeNotes.InvalidStructure);
                return false;
        }
    }

    public Interchange Finish(Delimiters delimiters, string text)
    {
        if (!_isEnded) { CloseGroup(null); Break(InterchangeNotes.PrematureEnd); }
        return new Interchange(_header, delimiters, _groups, _acknowledgements, HeaderFault() ?? _note ?? InterchangeNotes.None, text);
    }

    private string? HeaderFault()
    {
        if (_header.Sender.Length == 0) return InterchangeNotes.InvalidSender;
        if (_header.Receiver.Length == 0) return InterchangeNotes.InvalidReceiver;
        if (!X12Dates.IsDate(_header.Date)) return InterchangeNotes.InvalidDate;
        if (!X12Dates.IsTime(_header.Time)) return InterchangeNotes.InvalidTime;
        if (_header.Control.Length is 0 or > 9 || _header.Control.Any(c => !char.IsAsciiDigit(c)) || _header.Control.All(c => c == '0')) return InterchangeNotes.InvalidControl;
        return _header.Usage is not ("P" or "T" or "I") ? InterchangeNotes.InvalidUsage : null;
    }

    private void OpenGroup(Segment gs)
    {
        (_gs, _sets, _groupFaults) = (gs, [], []);
        _setControls.Clear();
        if (gs[6].Length is 0 or > 9 || gs[6].Any(c => !char.IsAsciiDigit(c))) _groupFaults.Add(EnvelopeFaults.InvalidGroupControl);
        else if (!_groupControls.Add(gs[6].TrimStart('0'))) _groupFaults.Add(EnvelopeFaults.GroupControlRepeated);
    }

    private void CloseGroup(Segment? ge)
    {
        if (_gs is null) return;
        CloseSet(null);
        if (ge is null) _groupFaults.Add(EnvelopeFaults.GroupTrailerMissing);
        else
        {
            if (ge[2] != _gs[6]) _groupFaults.Add(EnvelopeFaults.GroupControlsDiffer);
            if (X12Reader.Number(ge[1]) != _sets.Count) _groupFaults.Add(EnvelopeFaults.SetCountDiffers);
        }
        _groups.Add(new FunctionalGroup(_gs[1], _gs[2], _gs[3], _gs[6], _gs[8], _sets, _groupFaults, ge is null ? _sets.Count : X12Reader.Number(ge[1]) ?? _sets.Count));
        _gs = null;
    }

    private void CloseSet(Segment? se)
    {
        if (_set is null) return;
        var st = _set[0];
        var faults = new List<string>();
        if (se is null) faults.Add(EnvelopeFaults.SetTrailerMissing);
        else
        {
            _set.Add(se);
            if (se[2] != st[2]) faults.Add(EnvelopeFaults.SetControlsDiffer);
            if (X12Reader.Number(se[1]) != _set.Count) faults.Add(EnvelopeFaults.SegmentCountDiffers);
        }
        if (st[1].Length != 3 || st[1].Any(c => !char.IsAsciiDigit(c))) faults.Add(EnvelopeFaults.InvalidSetCode);
        if (st[2].Length is < 4 or > 9 || st[2].Any(c => !char.IsAsciiLetterOrDigit(c))) faults.Add(EnvelopeFaults.InvalidSetControl);
        else if (!_setControls.Add(st[2])) faults.Add(EnvelopeFaults.SetControlRepeated);
        _sets.Add(new TransactionSet(st[1], st[2], _set, faults));
        _set = null;
    }
}
