package dev.conduct.importer;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// What somebody brought to the import page: kept from the rehearsal to the run, seen by nobody else.
@Component
class Uploads {

    private static final Duration KEPT = Duration.ofDays(1);

    record Upload(
            UUID id,
            ImportFormat format,
            String product,
            String mapping,
            String answers,
            @Nullable LossAccount account,
            boolean done) {}

    record File(String name, byte[] bytes) {}

    private final JdbcClient database;
    private final InstantSource time;
    private final JsonMapper json;

    Uploads(JdbcClient database, InstantSource time, JsonMapper json) {
        this.database = database;
        this.time = time;
        this.json = json;
    }

    @Transactional
    public UUID keep(ImportFormat format, String product, String mapping, List<File> files, Actor actor) {
        var now = time.instant();
        var id = Ids.next(now);
        database.sql("""
                        insert into importer.upload (id, actor, format, product, mapping, uploaded_at)
                        values (:id, :actor, :format, :product, :mapping, :now)
                        """)
                .param("id", id)
                .param("actor", actor.id())
                .param("format", format.word())
                .param("product", product)
                .param("mapping", mapping)
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
        for (var place = 0; place < files.size(); place++) {
            database.sql("""
                            insert into importer.upload_file (upload, place, name, bytes)
                            values (:upload, :place, :name, :bytes)
                            """)
                    .param("upload", id)
                    .param("place", place)
                    .param("name", files.get(place).name())
                    .param("bytes", files.get(place).bytes())
                    .update();
        }
        return id;
    }

    /// Takes away what is older than a day and not to be run any more.
    void tidy() {
        database.sql("""
                        delete from importer.upload
                         where uploaded_at < :old
                           and id not in (select id from importer.run where state in ('waiting', 'running'))
                        """)
                .param("old", time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
    }

    /// @throws Problem 404 when it is not this actor's, or gone
    Upload find(UUID id, Actor actor) {
        return database.sql("""
                        select id, format, product, mapping, answers, account::text as account, done
                          from importer.upload
                         where id = :id and actor = :actor
                        """)
                .param("id", id)
                .param("actor", actor.id())
                .query((row, _) -> upload(row))
                .optional()
                .orElseThrow(() -> Problem.notFound("This upload"));
    }

    /// What is to be run and has not been; empty when its files are gone.
    Optional<Upload> waiting(UUID id) {
        return database.sql("""
                        select id, format, product, mapping, answers, account::text as account, done
                          from importer.upload
                         where id = :id and not done
                        """).param("id", id).query((row, _) -> upload(row)).optional();
    }

    private Upload upload(ResultSet row) throws SQLException {
        return new Upload(
                row.getObject("id", UUID.class),
                ImportFormat.of(row.getString("format")),
                row.getString("product"),
                row.getString("mapping"),
                row.getString("answers"),
                account(row.getString("account")),
                row.getBoolean("done"));
    }

    private @Nullable LossAccount account(@Nullable String text) {
        return text == null ? null : json.readValue(text, LossAccount.class);
    }

    /// @throws Problem 404 when its files are gone
    File first(UUID id) {
        return database.sql("select name, bytes from importer.upload_file where upload = :id order by place limit 1")
                .param("id", id)
                .query((row, _) -> new File(row.getString("name"), row.getBytes("bytes")))
                .optional()
                .orElseThrow(() -> Problem.notFound("This upload"));
    }

    List<String> names(UUID id) {
        return database.sql("select name from importer.upload_file where upload = :id order by place")
                .param("id", id)
                .query((row, _) -> row.getString("name"))
                .list();
    }

    void answered(UUID id, String answers) {
        database.sql("update importer.upload set answers = :answers where id = :id")
                .param("id", id)
                .param("answers", answers)
                .update();
    }

    void accounted(UUID id, LossAccount account) {
        database.sql("update importer.upload set account = :account::jsonb where id = :id")
                .param("id", id)
                .param("account", json.writeValueAsString(account))
                .update();
    }

    @Transactional
    public void done(UUID id, LossAccount account) {
        accounted(id, account.withoutNames());
        database.sql("update importer.upload set done = true where id = :id")
                .param("id", id)
                .update();
        database.sql("delete from importer.upload_file where upload = :id")
                .param("id", id)
                .update();
    }

    /// Lays the files out in a folder of their own for as long as they are read.
    LossAccount with(Upload upload, BiFunction<Imports, Imports.Order, LossAccount> act, Imports imports) {
        var files = database.sql("select name, bytes from importer.upload_file where upload = :id order by place")
                .param("id", upload.id())
                .query((row, _) -> new File(row.getString("name"), row.getBytes("bytes")))
                .list();
        return laidOut(files, sources -> {
            var overlays = new ArrayList<Imports.Overlay>();
            overlays.add(new Imports.Overlay("mapping", upload.mapping()));
            overlays.add(new Imports.Overlay("answers", upload.answers()));
            return act.apply(imports, new Imports.Order(upload.format(), upload.product(), sources, overlays));
        });
    }

    interface Reading {
        LossAccount of(List<Imports.Source> sources);
    }

    static LossAccount laidOut(List<File> files, Reading reading) {
        try {
            var folder = Files.createTempDirectory("conduct-import");
            try {
                var sources = new ArrayList<Imports.Source>();
                for (var place = 0; place < files.size(); place++) {
                    var path = folder.resolve("file-" + place);
                    Files.write(path, files.get(place).bytes());
                    sources.add(new Imports.Source(files.get(place).name(), path));
                }
                return reading.of(sources);
            } finally {
                for (var place = 0; place < files.size(); place++) {
                    Files.deleteIfExists(folder.resolve("file-" + place));
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException full) {
            throw Problem.unavailable("no_room", "The file cannot be laid out for reading: " + full.getMessage());
        }
    }
}
