package dev.conduct.quality;

import dev.conduct.work.Products;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Rows of coverage: of a run's files, folders and components.
@Component
class CoverageRows {

    private static final int MOST_FILES = 20_000;

    private final JdbcClient database;
    private final Products products;

    CoverageRows(JdbcClient database, Products products) {
        this.database = database;
        this.products = products;
    }

    /// @param path of the file, or the name of what files were added up under
    record Covered(String path, long lines, long covered, long branches, long branchesCovered) {

        double percent() {
            return Figures.percent(covered, lines);
        }

        long missing() {
            return lines - covered;
        }

        Covered plus(Covered other) {
            return new Covered(
                    path,
                    lines + other.lines,
                    covered + other.covered,
                    branches + other.branches,
                    branchesCovered + other.branchesCovered);
        }
    }

    /// @param critical a fault in it is a critical matter
    record OfComponent(String name, boolean critical, long tests, long failed, long flaky, long lines, long covered) {

        double percent() {
            return Figures.percent(covered, lines);
        }
    }

    /// Lines of a file that a test can run: which, and whether one did.
    record Bits(Covered file, BitSet known, BitSet hit) {}

    /// A stretch of lines that no test ran.
    record Gap(int from, int to) {

        int lines() {
            return to - from + 1;
        }
    }

    /// Every file of a run, by all reports of it together.
    List<Covered> files(UUID run) {
        return database.sql("""
                        select path, lines, lines_covered as covered, branches, branches_covered
                          from quality.run_file
                         where run = :run
                         order by path limit :most
                        """)
                .param("run", run)
                .param("most", MOST_FILES)
                .query((row, number) -> new Covered(
                        row.getString("path"),
                        row.getLong("lines"),
                        row.getLong("covered"),
                        row.getLong("branches"),
                        row.getLong("branches_covered")))
                .list();
    }

    /// Files added up by the folder they lie in, the largest first.
    static List<Covered> folders(List<Covered> files) {
        var folders = new TreeMap<String, Covered>();
        for (var file : files) {
            var end = file.path().lastIndexOf('/');
            var folder = end < 0 ? "." : file.path().substring(0, end);
            var one = new Covered(folder, file.lines(), file.covered(), file.branches(), file.branchesCovered());
            folders.merge(folder, one, Covered::plus);
        }
        return folders.values().stream()
                .sorted(Comparator.comparingLong(Covered::lines).reversed().thenComparing(Covered::path))
                .toList();
    }

    /// What the components have of a run; those without a line or a test in it are not there. The empty name is the
    /// rest.
    List<OfComponent> components(String product, UUID run) {
        var critical = products.components(product).stream()
                .filter(Products.ProductComponent::critical)
                .map(Products.ProductComponent::name)
                .toList();
        return database.sql("""
                        select p.component, sum(p.tests) as tests, sum(p.failed) as failed, sum(p.flaky) as flaky,
                               max(p.lines) as lines, max(p.lines_covered) as covered
                          from quality.report r join quality.part p on p.report = r.id
                         where r.run = :run
                         group by p.component order by p.component = '', p.component
                        """)
                .param("run", run)
                .query((row, number) -> new OfComponent(
                        row.getString("component"),
                        critical.contains(row.getString("component")),
                        row.getLong("tests"),
                        row.getLong("failed"),
                        row.getLong("flaky"),
                        row.getLong("lines"),
                        row.getLong("covered")))
                .list();
    }

    /// One file of a run, by all reports of it together.
    Optional<Bits> file(UUID run, String path) {
        return database.sql("""
                        select path, lines, lines_covered, branches, branches_covered, known, covered
                          from quality.run_file
                         where run = :run and path = :path
                        """)
                .param("run", run)
                .param("path", path)
                .query(CoverageRows::bits)
                .optional();
    }

    /// Names of the files of a run.
    Set<String> paths(UUID run) {
        return Set.copyOf(database.sql("select path from quality.run_file where run = :run order by path limit :most")
                .param("run", run)
                .param("most", MOST_FILES)
                .query(String.class)
                .list());
    }

    /// These files of a run, by path.
    Map<String, Bits> bits(UUID run, Collection<String> paths) {
        return database
                .sql("""
                        select path, lines, lines_covered, branches, branches_covered, known, covered
                          from quality.run_file
                         where run = :run and path = any(:paths)
                        """)
                .param("run", run)
                .param("paths", paths.toArray(String[]::new))
                .query(CoverageRows::bits)
                .list()
                .stream()
                .collect(Collectors.toMap(bits -> bits.file().path(), bits -> bits));
    }

    private static Bits bits(ResultSet row, int number) throws SQLException {
        return new Bits(
                new Covered(
                        row.getString("path"),
                        row.getLong("lines"),
                        row.getLong("lines_covered"),
                        row.getLong("branches"),
                        row.getLong("branches_covered")),
                BitSet.valueOf(row.getBytes("known")),
                BitSet.valueOf(row.getBytes("covered")));
    }

    /// Stretches of lines that no test ran, the longest first; lines that cannot be run do not end one.
    static List<Gap> gaps(Bits file) {
        var gaps = new ArrayList<Gap>();
        var from = -1;
        var to = -1;
        for (var line = file.known().nextSetBit(0);
                line >= 0;
                line = file.known().nextSetBit(line + 1)) {
            if (file.hit().get(line)) {
                if (from >= 0) {
                    gaps.add(new Gap(from, to));
                }
                from = -1;
            } else {
                from = from < 0 ? line : from;
                to = line;
            }
        }
        if (from >= 0) {
            gaps.add(new Gap(from, to));
        }
        gaps.sort(Comparator.comparingInt(Gap::lines).reversed().thenComparingInt(Gap::from));
        return gaps;
    }
}
