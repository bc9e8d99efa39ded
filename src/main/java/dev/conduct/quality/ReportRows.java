package dev.conduct.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Rows of reports.
@Component
class ReportRows {

    private static final String COLUMNS = """
            id, kind, family, product, commit, branch, build, environment, mocked, digest, bytes,
            totals::text as totals, received_by, received_at
            """;
    private static final TypeReference<Map<String, Long>> TOTALS = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;

    ReportRows(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    Optional<Report> find(UUID id) {
        return database.sql("select " + COLUMNS + " from quality.report where id = :id")
                .param("id", id)
                .query(this::report)
                .optional();
    }

    Optional<Report> find(Binding binding, String digest) {
        return database.sql("select " + COLUMNS + """
                          from quality.report
                         where product = :product and commit = :commit and build = :build
                           and environment = :environment and digest = :digest
                        """)
                .param("product", binding.product())
                .param("commit", binding.commit())
                .param("build", binding.build())
                .param("environment", binding.environment())
                .param("digest", digest)
                .query(this::report)
                .optional();
    }

    /// The newest first.
    List<Report> newest(String product, String commit, int most) {
        return database.sql("select " + COLUMNS + """
                          from quality.report
                         where product = :product and (:commit = '' or commit = :commit)
                         order by received_at desc, id desc
                         limit :most
                        """)
                .param("product", product)
                .param("commit", commit)
                .param("most", most)
                .query(this::report)
                .list();
    }

    /// Room for what a long report writes, within this transaction: a row a case is more than a page ever needs.
    void takeTime() {
        database.sql("set local statement_timeout = '15min'").update();
        database.sql("set local idle_in_transaction_session_timeout = '15min'").update();
    }

    /// False when another took it in at the same time.
    boolean add(Report report) {
        return database.sql("""
                        insert into quality.report (id, product, commit, branch, build, environment, mocked, kind, family,
                                                    digest, bytes, received_by, received_at)
                        values (:id, :product, :commit, :branch, :build, :environment, :mocked, :kind, :family,
                                :digest, :bytes, :by, :at)
                        on conflict do nothing
                        """)
                        .param("id", report.id())
                        .param("product", report.product())
                        .param("commit", report.commit())
                        .param("branch", report.branch())
                        .param("build", report.build())
                        .param("environment", report.environment())
                        .param("mocked", report.mocked().toArray(String[]::new))
                        .param("kind", report.kind())
                        .param("family", report.family())
                        .param("digest", report.digest())
                        .param("bytes", report.bytes())
                        .param("by", report.receivedBy())
                        .param("at", OffsetDateTime.ofInstant(report.receivedAt(), ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Report total(Report report, Map<String, Long> totals) {
        database.sql("update quality.report set totals = :totals::jsonb where id = :id")
                .param("totals", json.writeValueAsString(totals))
                .param("id", report.id())
                .update();
        return new Report(
                report.id(),
                report.kind(),
                report.family(),
                report.product(),
                report.commit(),
                report.branch(),
                report.build(),
                report.environment(),
                report.mocked(),
                report.digest(),
                report.bytes(),
                totals,
                report.receivedBy(),
                report.receivedAt());
    }

    private Report report(ResultSet row, int number) throws SQLException {
        return new Report(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("family"),
                row.getString("product"),
                row.getString("commit"),
                row.getString("branch"),
                row.getString("build"),
                row.getString("environment"),
                List.of((String[]) row.getArray("mocked").getArray()),
                row.getString("digest"),
                row.getLong("bytes"),
                json.readValue(row.getString("totals"), TOTALS),
                row.getString("received_by"),
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }
}
