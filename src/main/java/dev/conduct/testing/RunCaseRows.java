package dev.conduct.testing;

import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What events of runs write.
final class RunCaseRows {

    private RunCaseRows() {}

    static void start(Told told, JdbcClient database) {
        database.sql("""
                        insert into testing.test_run
                               (id, product, plan, title, commit, build, environment, mocked, started_by, started_at)
                        values (:id, :product, :plan, :title, :commit, :build, :environment, :mocked, :by, :at)
                        """)
                .param("id", told.id())
                .param("product", told.text("product"))
                .param("plan", told.uuid("plan"))
                .param("title", told.words("title"))
                .param("commit", told.text("commit"))
                .param("build", told.words("build"))
                .param("environment", told.words("environment"))
                .param(
                        "mocked",
                        told.words("mocked")
                                .lines()
                                .filter(line -> !line.isBlank())
                                .toArray(String[]::new))
                .param("by", told.event().actor())
                .param("at", told.at())
                .update();
        var cases = told.list("cases").stream().map(String::valueOf).toList();
        database.sql("""
                        insert into testing.run_case (run, test_case, version, number)
                        select :id, split_part(one, ' ', 1)::uuid, split_part(one, ' ', 2)::bigint,
                               split_part(one, ' ', 3)::integer
                          from unnest(:cases::text[]) one
                        """)
                .param("id", told.id())
                .param("cases", cases.toArray(String[]::new))
                .update();
    }

    /// A verdict of a person on a step, on a case, or on a step that decides its case.
    static void judge(Told told, JdbcClient database) {
        if (told.number("step") > 0) {
            database.sql("""
                            insert into testing.step_result
                                   (run, test_case, step, verdict, note, judged_by, judged_at, revision)
                            values (:run, :case, :step, :verdict, :note, :by, :at, 1)
                            on conflict (run, test_case, step) do update
                               set verdict = excluded.verdict, note = excluded.note, judged_by = excluded.judged_by,
                                   judged_at = excluded.judged_at, revision = testing.step_result.revision + 1
                            """)
                    .param("run", told.id())
                    .param("case", told.uuid("case"))
                    .param("step", told.number("step"))
                    .param("verdict", told.text("verdict"))
                    .param("note", told.words("note"))
                    .param("by", told.event().actor())
                    .param("at", told.at())
                    .update();
        }
        if (!told.event().data().containsKey("case_verdict")) {
            database.sql(
                            "update testing.run_case set seconds = seconds + :seconds where run = :run and test_case = :case")
                    .param("seconds", told.number("seconds"))
                    .param("run", told.id())
                    .param("case", told.uuid("case"))
                    .update();
            return;
        }
        database.sql("""
                        update testing.run_case
                           set verdict = :verdict, note = case when :whole then :note else note end,
                               seconds = seconds + :seconds, judged_by = :by, judged_at = :at, report = null,
                               revision = revision + 1
                         where run = :run and test_case = :case
                        """)
                .param("verdict", told.text("case_verdict"))
                .param("whole", told.number("step") == 0)
                .param("note", told.words("note"))
                .param("seconds", told.number("seconds"))
                .param("by", told.event().actor())
                .param("at", told.at())
                .param("run", told.id())
                .param("case", told.uuid("case"))
                .update();
    }

    /// Verdicts read from what CI sent.
    static void take(Told told, JdbcClient database) {
        for (var one : told.list("cases")) {
            if (one instanceof Map<?, ?> taken) {
                database.sql("""
                                update testing.run_case
                                   set verdict = :verdict, judged_by = :by, judged_at = :at, report = :report,
                                       revision = revision + 1
                                 where run = :run and test_case = :case
                                """)
                        .param("verdict", String.valueOf(taken.get("verdict")))
                        .param("by", told.event().actor())
                        .param("at", told.at())
                        .param("report", UUID.fromString(String.valueOf(taken.get("report"))))
                        .param("run", told.id())
                        .param("case", UUID.fromString(String.valueOf(taken.get("case"))))
                        .update();
            }
        }
    }

    static void defect(Told told, JdbcClient database) {
        database.sql("""
                        insert into testing.run_defect (run, test_case, item, reported_by, reported_at)
                        values (:run, :case, :item, :by, :at) on conflict do nothing
                        """)
                .param("run", told.id())
                .param("case", told.uuid("case"))
                .param("item", told.text("item"))
                .param("by", told.event().actor())
                .param("at", told.at())
                .update();
    }

    static void end(Told told, JdbcClient database) {
        database.sql("update testing.test_run set ended_by = :by, ended_at = :at where id = :id")
                .param("by", told.event().actor())
                .param("at", told.at())
                .param("id", told.id())
                .update();
    }
}
