namespace SmartCommunity.Communities.Files.Tree;

/// <summary>A place in a text, both from 1.</summary>
internal readonly record struct FileMark(int Line, int Column);

/// <summary>A node of a YAML or JSON file, with its place.</summary>
internal abstract record FileNode(FileMark Mark);

/// <summary>A value. Null is the text that YAML and JSON write as null, unquoted.</summary>
internal sealed record ScalarNode(FileMark Mark, string? Text) : FileNode(Mark);

/// <summary>Keys and values, in order; a key that comes twice has been reported and stands here once.</summary>
internal sealed record MappingNode(FileMark Mark, IReadOnlyList<FileEntry> Entries) : FileNode(Mark);

/// <summary>One key with its value.</summary>
internal sealed record FileEntry(string Key, FileMark KeyMark, FileNode Value);

/// <summary>A list.</summary>
internal sealed record SequenceNode(FileMark Mark, IReadOnlyList<FileNode> Items) : FileNode(Mark);
