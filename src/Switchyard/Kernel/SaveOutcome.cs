namespace Switchyard.Kernel;

/// <summary>What became of one thing that was to be written by its key.</summary>
public enum SaveOutcome { Created, Updated, Unchanged, Refused }
