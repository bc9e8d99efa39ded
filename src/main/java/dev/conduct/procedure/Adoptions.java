package dev.conduct.procedure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The tables of adopted versions.
@Repository
class Adoptions {

    private final JdbcClient jdbc;

    Adoptions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The order in which they come into force, latest first.
    List<Adoption> all() {
        return jdbc.sql("""
                        select version, hash, effective, adopted_at, adopted_by, approved_by
                          from procedure.version
                         order by effective desc, adopted_at desc, version desc
                        """).query(Adoptions::adoption).list();
    }

    PackFiles files(String version) {
        var files = new TreeMap<String, byte[]>();
        jdbc.sql("select name, bytes from procedure.file where version = :version")
                .param("version", version)
                .query(row -> {
                    files.put(row.getString("name"), row.getBytes("bytes"));
                });
        return new PackFiles(files);
    }

    /// One adoption at a time, on all nodes, until the transaction ends.
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('procedure.version'))").query(row -> {});
    }

    void add(Adoption adoption, PackFiles files) {
        jdbc.sql("""
                        insert into procedure.version (version, hash, effective, adopted_at, adopted_by, approved_by)
                        values (:version, :hash, :effective, :adoptedAt, :adoptedBy, :approvedBy)
                        """)
                .param("version", adoption.version())
                .param("hash", adoption.hash())
                .param("effective", Timestamp.from(adoption.effective()))
                .param("adoptedAt", Timestamp.from(adoption.adoptedAt()))
                .param("adoptedBy", adoption.adoptedBy())
                .param("approvedBy", adoption.approvedBy())
                .update();
        files.files()
                .forEach((name, bytes) -> jdbc.sql("""
                                insert into procedure.file (version, name, bytes) values (:version, :name, :bytes)
                                """)
                        .param("version", adoption.version())
                        .param("name", name)
                        .param("bytes", bytes)
                        .update());
    }

    private static Adoption adoption(ResultSet row, int number) throws SQLException {
        return new Adoption(
                row.getString("version"),
                row.getString("hash"),
                instant(row, "effective"),
                instant(row, "adopted_at"),
                row.getString("adopted_by"),
                row.getString("approved_by"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
