package dev.conduct.procedure;

/// One thing wrong with a pack.
///
/// @param file path inside the pack, `types/bug.yaml`
/// @param line counted from 1
/// @param column counted from 1
/// @param says what is wrong
/// @param instead what to write instead
public record Mistake(String file, int line, int column, String says, String instead) implements Comparable<Mistake> {

    @Override
    public int compareTo(Mistake other) {
        var byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        return line == other.line ? Integer.compare(column, other.column) : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + says + "; " + instead;
    }
}
