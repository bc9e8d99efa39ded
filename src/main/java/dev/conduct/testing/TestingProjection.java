package dev.conduct.testing;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.work.LedgerProjection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The tables of this module as its events make them: the same statements write them live and anew.
@Component
class TestingProjection implements LedgerProjection {

    static final String CATALOGUE = "catalogue:";
    static final String PLAN = "testplan:";
    static final String CASE = "testcase:";
    static final String RUN = "testrun:";

    private final Ledger ledger;

    TestingProjection(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public List<String> tables() {
        return List.of(
                "testing.node",
                "testing.point",
                "testing.plan",
                "testing.test_case",
                "testing.case_version",
                "testing.test_run",
                "testing.run_case",
                "testing.step_result",
                "testing.run_defect");
    }

    @Override
    public void write(JdbcClient rebuilt) {
        for (var kind : List.of(CATALOGUE, PLAN, CASE, RUN)) {
            ledger.replayByObject(kind, event -> apply(event, rebuilt));
        }
    }

    static void apply(Event event, JdbcClient database) {
        var told = new Told(event);
        switch (told.action()) {
            case "catalogue.node" -> CatalogueRows.node(told, database);
            case "catalogue.point" -> CatalogueRows.point(told, database);
            case "testplan.write" -> CaseRows.plan(told, database);
            case "testcase.write" -> CaseRows.version(told, database);
            case "testcase.retire" -> CaseRows.retire(told, database);
            case "testrun.start" -> RunCaseRows.start(told, database);
            case "testrun.judge" -> RunCaseRows.judge(told, database);
            case "testrun.take" -> RunCaseRows.take(told, database);
            case "testrun.defect" -> RunCaseRows.defect(told, database);
            case "testrun.end" -> RunCaseRows.end(told, database);
            default -> throw new IllegalStateException("No table is made of " + told.action());
        }
    }
}
