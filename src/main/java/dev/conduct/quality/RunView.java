package dev.conduct.quality;

import dev.conduct.quality.TestRows.Result;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run: what failed by cause, then its tests.
///
/// @param good the last run before it on its branch in which everything passed
/// @param compared what is different from that one
/// @param fresh failures that the run before on its branch did not have; -1 when there is none before
/// @param kinds of its reports, and how many of each
/// @param files that came with its reports
/// @param outcome the tests that are shown: `failed`, `flaky`, `passed`, `skipped`, all when empty
/// @param next address of the following page of tests, null on the last
/// @param changes what of its changed lines tests ran, null before that is counted
/// @param changesLimit the share of them that the procedure asks for, in per cent
/// @param defect how a failure is reported, null when this reader may not
record RunView(
        Products.Product product,
        Run run,
        @Nullable Run good,
        List<ComparedRows.Part> compared,
        @Nullable Run before,
        long fresh,
        List<CauseRow> causes,
        List<String> troubles,
        Map<String, Long> kinds,
        List<Result> tests,
        List<RunFiles.RunFile> files,
        String outcome,
        String words,
        @Nullable String next,
        ChangeRows.@Nullable Count changes,
        long changesLimit,
        boolean mayJudge,
        Defects.@Nullable Form defect)
        implements View {

    /// Whether there is a run to compare it with, and one of the two is too long for that.
    boolean tooLong() {
        return good != null && ComparedRows.tooLong(run, good);
    }

    String path() {
        return "/quality/" + product.key() + "/runs/" + run.id();
    }

    /// Those of the tests of a cause.
    List<RunFiles.RunFile> filesOf(Cause cause) {
        var tests = cause.failures().stream().map(Result::test).collect(java.util.stream.Collectors.toSet());
        return files.stream().filter(file -> tests.contains(file.test())).toList();
    }

    @Override
    public String template() {
        return "quality/run.jte";
    }

    @Override
    public String title() {
        return "Run of " + run.shortCommit();
    }

    @Override
    public List<Crumb> crumbs() {
        return Crumbs.of(product);
    }
}
