package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.work.Contents;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Files that come with the reports of a run: screenshots, logs, traces, of one test or of the run as a whole.
@Component
class RunFiles implements Contents.Holder {

    /// Of a run.
    static final int MOST = 500;

    private static final int TEST = 2_000;
    private static final String COLUMNS = "id, run, test, suite, test_name, name, media_type, size, sha256, sent_at";

    private final Contents contents;
    private final Recording recording;
    private final JdbcClient database;

    RunFiles(Contents contents, Recording recording, JdbcClient database) {
        this.contents = contents;
        this.recording = recording;
        this.database = database;
    }

    /// @param test the one it is of, null: the run as a whole
    /// @param testName empty when it is of the run
    record RunFile(
            UUID id,
            UUID run,
            @Nullable UUID test,
            String suite,
            String testName,
            String name,
            String mediaType,
            long size,
            String sha256,
            Instant at) {

        Contents.Content content() {
            return new Contents.Content(name, mediaType, size, sha256);
        }
    }

    /// @param fresh false when the same file of the same test was there already
    record Kept(RunFile file, boolean fresh) {}

    /// Keeps a file of the run that the report belongs to.
    ///
    /// @param test `suite#name` as the report has it, empty for the run as a whole
    /// @throws Problem 400 when it is empty or of a test the run does not have, 409 when the run has too many, 413
    ///     when it is larger than 25 MB
    Kept keep(Report report, String name, String test, InputStream content, Actor actor) {
        var run = run(report.id());
        var of = test.isBlank()
                ? null
                : test(run, PlainText.checked("test", test, TEST).strip());
        return contents.keep("file", name, content, kept -> add(report, run, of, kept, actor));
    }

    private Kept add(Report report, UUID run, TestRows.@Nullable Result of, Contents.Content content, Actor actor) {
        database.sql("select id from quality.run where id = :run for no key update")
                .param("run", run)
                .query(row -> {});
        var now = recording.now();
        var file = new RunFile(
                Ids.next(now),
                run,
                of == null ? null : of.test(),
                of == null ? "" : of.suite(),
                of == null ? "" : of.name(),
                content.name(),
                content.mediaType(),
                content.size(),
                content.sha256(),
                now);
        var there = same(file);
        if (there.isPresent()) {
            return new Kept(there.get(), false);
        }
        if (count(run) >= MOST) {
            throw Problem.conflict(
                    "too_many", "The run has " + MOST + " files, which is the most. Pack several into one.");
        }
        database.sql("""
                        insert into quality.attachment (id, run, test, suite, test_name, name, media_type, size, sha256,
                                                      sent_by, sent_at)
                        values (:id, :run, :test, :suite, :test_name, :name, :media_type, :size, :sha256, :by, :at)
                        """)
                .param("id", file.id())
                .param("run", run)
                .param("test", file.test())
                .param("suite", file.suite())
                .param("test_name", file.testName())
                .param("name", file.name())
                .param("media_type", file.mediaType())
                .param("size", file.size())
                .param("sha256", file.sha256())
                .param("by", actor.id())
                .param("at", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
        recording.tell(
                "report.attach",
                "report:" + report.id(),
                now,
                Map.of(
                        "product",
                        report.product(),
                        "file",
                        file.id().toString(),
                        "sha256",
                        file.sha256(),
                        "size",
                        file.size(),
                        "test",
                        of == null ? "" : of.test().toString()),
                Map.of("name", file.name()),
                actor);
        return new Kept(file, true);
    }

    private Optional<RunFile> same(RunFile file) {
        return database.sql("select " + COLUMNS + """
                          from quality.attachment
                         where run = :run and test is not distinct from cast(:test as uuid) and name = :name and sha256 = :sha256
                        """)
                .param("run", file.run())
                .param("test", file.test())
                .param("name", file.name())
                .param("sha256", file.sha256())
                .query(RunFiles::file)
                .optional();
    }

    private UUID run(UUID report) {
        return database.sql("select run from quality.report where id = :report")
                .param("report", report)
                .query(UUID.class)
                .single();
    }

    private long count(UUID run) {
        return database.sql("select count(*) from quality.attachment where run = :run")
                .param("run", run)
                .query(Long.class)
                .single();
    }

    private TestRows.Result test(UUID run, String wanted) {
        var hash = wanted.indexOf('#');
        return database.sql("""
                        select t.report, t.place, t.test, t.suite, t.name, t.outcome, t.micros, t.retries, '' as says
                          from quality.report r
                          cross join lateral (
                                select t.* from quality.test_case t
                                 where t.report = r.id and t.test = md5(:suite || chr(31) || :name)::uuid limit 1) t
                         where r.run = :run and r.family = 'tests' limit 1
                        """)
                .param("run", run)
                .param("suite", hash < 0 ? "" : wanted.substring(0, hash))
                .param("name", wanted.substring(hash + 1))
                .query(TestRows::result)
                .optional()
                .orElseThrow(() -> Problem.badInput(
                        "test",
                        "unknown",
                        "is no test of this run. Write it as its report does: suite#name. Send the report first."));
    }

    /// Those of the run, in the order they came.
    List<RunFile> of(UUID run) {
        return database.sql("select " + COLUMNS + " from quality.attachment where run = :run order by id limit " + MOST)
                .param("run", run)
                .query(RunFiles::file)
                .list();
    }

    List<RunFile> ofReport(UUID report) {
        return of(run(report));
    }

    Optional<RunFile> find(Report report, UUID id) {
        return database.sql("select " + COLUMNS + """
                          from quality.attachment
                         where id = :id and run = (select run from quality.report where id = :report)
                        """)
                .param("id", id)
                .param("report", report.id())
                .query(RunFiles::file)
                .optional();
    }

    @Override
    public boolean holds(String sha256) {
        return database.sql("select exists (select from quality.attachment where sha256 = :sha256)")
                .param("sha256", sha256)
                .query(Boolean.class)
                .single();
    }

    private static RunFile file(ResultSet row, int number) throws SQLException {
        return new RunFile(
                row.getObject("id", UUID.class),
                row.getObject("run", UUID.class),
                row.getObject("test", UUID.class),
                row.getString("suite"),
                row.getString("test_name"),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size"),
                row.getString("sha256"),
                row.getObject("sent_at", OffsetDateTime.class).toInstant());
    }
}
