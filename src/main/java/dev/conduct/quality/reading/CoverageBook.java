package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.FileCoverage;
import dev.conduct.quality.reading.Measurement.Part;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Coverage by file while a report is read: tools come back to a file they have left. What is said twice about a line
/// counts once. Grows with the covered source, not with the report, and refuses beyond its budget.
final class CoverageBook {

    private static final int LAST_LINE = 1_000_000;
    private static final long BUDGET = 24L << 20;
    private static final int ENTRY = 300;
    private static final int BRANCH = 80;

    private final Map<String, Page> pages = new LinkedHashMap<>();
    private long used;

    Page page(String path) {
        var told = Text.bounded(path.replace('\\', '/').strip(), 1000);
        var page = pages.get(told);
        if (page == null) {
            page = new Page();
            pages.put(told, page);
            use(ENTRY + 2L * told.length());
        }
        return page;
    }

    boolean isEmpty() {
        return pages.isEmpty();
    }

    void tell(Measurement.Receiver receiver) {
        pages.forEach(
                (path, page) -> receiver.take(new FileCoverage(path, page.lines, page.allBranches(), page.statements)));
    }

    private void use(long bytes) {
        used += bytes;
        if (used > BUDGET) {
            throw Refusal.of(
                    "too_much_coverage",
                    "The report covers more source than can be taken in at once. Send one report a module.");
        }
    }

    final class Page {

        private final Lines lines = new Lines();
        private final Map<Integer, Part> branches = new HashMap<>();
        private Part statements = Part.NONE;

        void line(long number, boolean hit) {
            if (number < 1 || number > LAST_LINE) {
                throw Refusal.broken("it covers line " + number + " of a file");
            }
            var before = lines.bytes();
            lines.add((int) number, hit);
            use(lines.bytes() - before);
        }

        void branches(long number, long covered, long total) {
            if (total <= 0) {
                return;
            }
            var told = new Part(Math.clamp(covered, 0, total), total);
            if (branches.merge((int) number, told, Page::fuller) == told) {
                use(BRANCH);
            }
        }

        void statements(long covered, long total) {
            statements = statements.plus(new Part(covered, total));
        }

        private Part allBranches() {
            return branches.values().stream().reduce(Part.NONE, Part::plus);
        }

        private static Part fuller(Part one, Part other) {
            return new Part(Math.max(one.covered(), other.covered()), Math.max(one.total(), other.total()));
        }
    }
}
