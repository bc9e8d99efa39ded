package dev.conduct.testing;

import org.springframework.jdbc.core.simple.JdbcClient;

/// What events of plans and cases write.
final class CaseRows {

    private CaseRows() {}

    static void plan(Told told, JdbcClient database) {
        database.sql("""
                        insert into testing.plan
                               (id, product, title, purpose, environment, regression, retired, version, changed_by,
                                changed_at)
                        values (:id, :product, :title, :purpose, :environment, :regression, :retired, :version, :by, :at)
                        on conflict (id) do update
                           set title = excluded.title, purpose = excluded.purpose, environment = excluded.environment,
                               regression = excluded.regression, retired = excluded.retired,
                               version = excluded.version, changed_by = excluded.changed_by,
                               changed_at = excluded.changed_at
                        """)
                .param("id", told.id())
                .param("product", told.text("product"))
                .param("title", told.words("title"))
                .param("purpose", told.words("purpose"))
                .param("environment", told.words("environment"))
                .param("regression", told.yes("regression"))
                .param("retired", told.yes("retired"))
                .param("version", told.event().objectVersion())
                .param("by", told.event().actor())
                .param("at", told.at())
                .update();
    }

    static void version(Told told, JdbcClient database) {
        database.sql("""
                        insert into testing.test_case (id, product, plan, number, reference, version, retired)
                        values (:id, :product, :plan, :number, :reference, :version, false)
                        on conflict (id) do update
                           set plan = excluded.plan, reference = excluded.reference, version = excluded.version,
                               retired = false
                        """)
                .param("id", told.id())
                .param("product", told.text("product"))
                .param("plan", told.uuid("plan"))
                .param("number", told.number("number"))
                .param("reference", told.words("reference"))
                .param("version", told.event().objectVersion())
                .update();
        database.sql("""
                        insert into testing.case_version
                               (test_case, version, title, preconditions, steps, data, edge_class, automation,
                                requirement, component, point, changed_by, changed_at)
                        values (:id, :version, :title, :preconditions, :steps, :data, :edge, :automation, :requirement,
                                :component, :point, :by, :at)
                        """)
                .param("id", told.id())
                .param("version", told.event().objectVersion())
                .param("title", told.words("title"))
                .param("preconditions", told.words("preconditions"))
                .param("steps", told.words("steps"))
                .param("data", told.words("data"))
                .param("edge", told.text("edge_class"))
                .param("automation", told.words("automation"))
                .param("requirement", told.text("requirement"))
                .param("component", told.words("component"))
                .param("point", told.uuidOrNull("point"))
                .param("by", told.event().actor())
                .param("at", told.at())
                .update();
    }

    static void retire(Told told, JdbcClient database) {
        database.sql("update testing.test_case set retired = true where id = :id")
                .param("id", told.id())
                .update();
    }
}
