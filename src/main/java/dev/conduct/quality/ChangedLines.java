package dev.conduct.quality;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which of the lines that were changed can be run by tests, and which were. Tools name files as they see them:
/// from the root of the repository, of a source folder, or of the disk; a file is found by the end that both names
/// share.
final class ChangedLines {

    private ChangedLines() {}

    /// @param path in the repository
    /// @param toldAs its name in the coverage
    /// @param gaps changed lines that no test ran; bit n is line n
    record OfFile(String path, String toldAs, long changed, long lines, long covered, BitSet gaps) {

        List<CoverageRows.Gap> stretches() {
            return CoverageRows.gaps(
                    new CoverageRows.Bits(new CoverageRows.Covered(path, lines, covered, 0, 0), gaps, new BitSet()));
        }
    }

    /// @param unknown changed files that no coverage names
    record Counted(List<OfFile> files, int unknown) {

        long changed() {
            return files.stream().mapToLong(OfFile::changed).sum();
        }

        long lines() {
            return files.stream().mapToLong(OfFile::lines).sum();
        }

        long covered() {
            return files.stream().mapToLong(OfFile::covered).sum();
        }
    }

    /// Names of changed files by which coverage knows them; those it does not know are left out.
    static Map<String, String> told(Collection<String> changed, Collection<String> covered) {
        var byName = new HashMap<String, List<String>>();
        covered.forEach(path ->
                byName.computeIfAbsent(name(path), unused -> new ArrayList<>()).add(path));
        var told = new HashMap<String, String>();
        var taken = new HashMap<String, String>();
        for (var path : changed) {
            var found = one(path, byName.getOrDefault(name(path), List.of()));
            if (found != null) {
                told.put(path, found);
                // Two files that one name could mean are neither.
                var other = taken.put(found, path);
                if (other != null) {
                    told.remove(path);
                    told.remove(other);
                }
            }
        }
        return told;
    }

    private static @Nullable String one(String path, List<String> candidates) {
        var same = candidates.stream().filter(other -> same(path, other)).toList();
        return same.size() == 1
                ? same.getFirst()
                : same.stream().filter(path::equals).findFirst().orElse(null);
    }

    private static boolean same(String path, String other) {
        return path.equals(other) || path.endsWith("/" + other) || other.endsWith("/" + path);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// @param told as above
    /// @param bits of a file of the coverage
    static Counted count(
            Map<String, BitSet> changed, Map<String, String> told, Function<String, CoverageRows.Bits> bits) {
        var files = new ArrayList<OfFile>();
        changed.forEach((path, lines) -> {
            var name = told.get(path);
            if (name != null) {
                var file = bits.apply(name);
                var known = (BitSet) lines.clone();
                known.and(file.known());
                var gaps = (BitSet) known.clone();
                gaps.andNot(file.hit());
                files.add(new OfFile(
                        path,
                        name,
                        lines.cardinality(),
                        known.cardinality(),
                        known.cardinality() - gaps.cardinality(),
                        gaps));
            }
        });
        return new Counted(files, changed.size() - files.size());
    }
}
